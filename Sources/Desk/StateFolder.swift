#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where the program remembers things: `$XDG_STATE_HOME/labs`, by default `~/.local/state/labs`.
package enum StateFolder {
  /// The folder.
  package static var path: String { (environment("XDG_STATE_HOME") ?? home + "/.local/state") + "/labs" }
  /// What to do if that folder cannot be made.
  package static let remedy = "set XDG_STATE_HOME to a folder that you may write to"
  /// The file with the student's progress.
  package static var progress: String { path + "/progress.json" }
  /// The version of that file's format.
  package static let progressSchema = "kernel-by-hand.progress/1"

  private static var home: String {
    if let home = environment("HOME") { return home }
    guard let entry = getpwuid(getuid()), let folder = entry.pointee.pw_dir else { return "/" }
    return String(cString: folder)
  }
}
