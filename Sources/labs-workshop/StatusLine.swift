import Desk
import Grader

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A line on standard error that says what is being done and then disappears; nothing if there is no terminal.
struct StatusLine: Sendable {
  private let isLive = Terminal.isTerminal(STDERR_FILENO)

  /// Says what is being done now, instead of before.
  func show(_ what: String) {
    guard isLive else { return }
    let line = Printable.line(what + " …", limit: Terminal.width(of: STDERR_FILENO) - 1)
    Terminal.write(Array("\r\u{1B}[K\(line)".utf8), to: STDERR_FILENO)
  }

  /// Leaves the line empty.
  func clear() {
    if isLive { Terminal.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
  }
}
