import Foundation

/// Where the program remembers things: `$XDG_STATE_HOME/labs`, by default `~/.local/state/labs`.
enum StateFolder {
  /// The folder.
  static var path: String {
    (environment("XDG_STATE_HOME") ?? NSHomeDirectory() + "/.local/state") + "/labs"
  }
}
