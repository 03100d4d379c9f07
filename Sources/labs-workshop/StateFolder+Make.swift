import Desk
import Foundation

extension StateFolder {
  /// Makes a folder and those above it.
  static func make(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Refusal("cannot make \(folder): \(error.localizedDescription)", .configuration)
    }
  }
}
