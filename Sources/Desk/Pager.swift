#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Shows a text of any length on standard output: through a pager if that is a terminal.
package enum Pager {
  /// Quits on its own if one screen is enough, ignores case in searches, and passes on colours but no other escape
  /// sequences.
  private static let standard = "less -FIR"

  /// Shows a text; a pipe whose reader has gone is not a failure.
  ///
  /// - Throws: `Refusal` with `ExitStatus.output` if it cannot be written.
  package static func show(_ text: [UInt8]) throws(Refusal) {
    signal(SIGPIPE, SIG_IGN)
    if let command {
      if page(text, through: command) { return }
      Terminal.complain("the pager '\(command)' cannot be used: this is the text without it")
    }
    if !Terminal.write(text, to: STDOUT_FILENO) && errno != EPIPE {
      throw Refusal("cannot write: \(String(cString: strerror(errno)))", .output)
    }
  }

  /// `$LABS_PAGER`, else `$PAGER`, else `less`; none if the variable is set to nothing, or without a terminal.
  private static var command: String? {
    guard Terminal.isTerminal(STDOUT_FILENO), let terminal = environment("TERM"), terminal != "dumb" else { return nil }
    for name in ["LABS_PAGER", "PAGER"] where getenv(name) != nil { return environment(name) }
    return standard
  }

  /// Runs the pager; Ctrl-C is caught here and not ignored meanwhile, because what is ignored stays so in the pager.
  ///
  /// - Returns: false if there is no such pager, or it has failed; a pager that was killed has shown the text.
  private static func page(_ text: [UInt8], through command: String) -> Bool {
    setenv("LESSCHARSET", "utf-8", 0)
    let signals = [SIGINT, SIGQUIT]
    let handlers = signals.map { signal($0, { _ in }) }
    defer { for (number, handler) in zip(signals, handlers) { signal(number, handler) } }
    guard let pipe = popen(command, "w") else { return false }
    Terminal.write(text, to: fileno(pipe))
    let status = pclose(pipe)
    let isKilled = status & 0x7F != 0 || status >> 8 & 0xFF > 128
    return status == 0 || isKilled
  }
}
