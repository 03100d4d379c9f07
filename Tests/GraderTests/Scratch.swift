import Foundation
import Grader

/// A folder for one test, removed with the last reference to it; hence a class.
final class Scratch: Sendable {
  /// Where it is.
  let path: String

  /// A fresh folder.
  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/grader-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the folders that it lies in.
  func write(_ name: String, _ text: String) throws {
    let file = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// A copy of the parts that submissions are built with, to be tampered with.
  func copyOfKit() throws -> Kit {
    let folder = path + "/kit"
    try FileManager.default.createDirectory(atPath: folder + "/Modules", withIntermediateDirectories: true)
    let built = try Kit.besideExecutable().folder
    for part in Kit.parts {
      try FileManager.default.copyItem(atPath: "\(built)/\(part)", toPath: "\(folder)/\(part)")
    }
    return try Kit(folder: folder)
  }

  /// The content of a file.
  func read(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }
}
