#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Shows a text of any length on standard output: through a pager where somebody looks at it.
package enum Pager {
  /// Quits by itself where one screen is enough, searches without regard to case, and passes on colours but no
  /// other escape sequences.
  private static let standard = "less -FIR"

  /// What a shell returns for a command that it did not find.
  private static let notFound: Int32 = 127

  /// Shows a text; that the reader of a pipe went away is no failure.
  ///
  /// - Throws: `Refusal` with `ExitStatus.output` if it cannot be written.
  package static func show(_ text: [UInt8]) throws(Refusal) {
    signal(SIGPIPE, SIG_IGN)
    if let command, page(text, through: command) { return }
    if !Terminal.write(text, to: STDOUT_FILENO) && errno != EPIPE {
      throw Refusal("cannot write: \(String(cString: strerror(errno)))", .output)
    }
  }

  /// `$LABS_PAGER`, else `$PAGER`, else `less`; none where the variable is set to nothing, or without a terminal.
  private static var command: String? {
    guard Terminal.isTerminal(STDOUT_FILENO), let terminal = environment("TERM"), terminal != "dumb" else { return nil }
    for name in ["LABS_PAGER", "PAGER"] where getenv(name) != nil { return environment(name) }
    return standard
  }

  /// - Returns: false if there is no such pager.
  private static func page(_ text: [UInt8], through command: String) -> Bool {
    setenv("LESSCHARSET", "utf-8", 0)
    guard let pipe = popen(command, "w") else { return false }
    Terminal.write(text, to: fileno(pipe))
    let status = pclose(pipe)
    return status >> 8 & 0xFF != notFound
  }
}
