import Desk
import Grader

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What is being done, on a line of standard error that goes away again; elsewhere than on a terminal, nothing.
struct StatusLine: Sendable {
  private let isLive = Terminal.isTerminal(STDERR_FILENO)

  /// Says what is being done, in place of what was.
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
