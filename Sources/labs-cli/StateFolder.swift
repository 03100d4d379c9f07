import Foundation

/// Where the program remembers things: `$XDG_STATE_HOME/labs`, by default `~/.local/state/labs`.
enum StateFolder {
  /// The folder.
  static var path: String {
    (environment("XDG_STATE_HOME") ?? NSHomeDirectory() + "/.local/state") + "/labs"
  }

  /// Makes a folder and those above it.
  static func make(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Refusal("cannot make \(folder): \(error.localizedDescription)", .configuration)
    }
  }
}
