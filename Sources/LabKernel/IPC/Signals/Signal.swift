/// A signal: a number that one task sends to another, or the kernel to a task.
///
/// - Source: Linux, include/uapi/asm-generic/signal.h.
/// - Simplified: no real-time signals.
public enum Signal: UInt8, Sendable, Codable, NamedNumber {
  /// The terminal is gone, or a group of stopped processes has been orphaned.
  case SIGHUP = 1
  /// Ctrl-C.
  case SIGINT = 2
  /// Ctrl-\.
  case SIGQUIT = 3
  /// An invalid instruction.
  case SIGILL = 4
  /// A breakpoint.
  case SIGTRAP = 5
  /// The process has called abort(3).
  case SIGABRT = 6
  /// A page that is mapped but is not there.
  case SIGBUS = 7
  /// A division by zero, or another error of arithmetic.
  case SIGFPE = 8
  /// Ends a process, which cannot prevent it.
  case SIGKILL = 9
  /// For the process to use as it likes.
  case SIGUSR1 = 10
  /// An invalid address.
  case SIGSEGV = 11
  /// For the process to use as it likes.
  case SIGUSR2 = 12
  /// A write to a pipe without readers.
  case SIGPIPE = 13
  /// The alarm clock.
  case SIGALRM = 14
  /// Asks a process to end.
  case SIGTERM = 15
  /// An error of a coprocessor that no machine has any more.
  case SIGSTKFLT = 16
  /// A child has ended, stopped or continued.
  case SIGCHLD = 17
  /// Lets a stopped process continue.
  case SIGCONT = 18
  /// Stops a process, which cannot prevent it.
  case SIGSTOP = 19
  /// Ctrl-Z.
  case SIGTSTP = 20
  /// A background process has read from its terminal.
  case SIGTTIN = 21
  /// A background process has written to its terminal.
  case SIGTTOU = 22
  /// Data that must be read first has arrived.
  case SIGURG = 23
  /// Too many instructions or calls without any time passing; in Linux, too much CPU time.
  case SIGXCPU = 24
  /// A file has become too large.
  case SIGXFSZ = 25
  /// An alarm clock that counts CPU time.
  case SIGVTALRM = 26
  /// An alarm clock for profilers.
  case SIGPROF = 27
  /// The terminal has another size.
  case SIGWINCH = 28
  /// A file can be read or written.
  case SIGIO = 29
  /// The power fails.
  case SIGPWR = 30
  /// A system call that is not allowed.
  case SIGSYS = 31

  /// What a signal does to a process that has not asked for anything else.
  ///
  /// - Source: signal(7), "Standard signals"; Linux, include/linux/signal.h, `sig_kernel_ignore()` and its kin.
  /// - Simplified: no signal dumps core.
  public enum DefaultAction: Sendable, Equatable {
    /// The process ends.
    case terminate
    /// Nothing happens.
    case ignore
    /// The process stops.
    case stop
    /// The process continues, if it is stopped.
    case resume
  }

  /// What it does unless the process asks for something else.
  public var defaultAction: DefaultAction {
    switch self {
    case .SIGCHLD, .SIGURG, .SIGWINCH: .ignore
    case .SIGSTOP, .SIGTSTP, .SIGTTIN, .SIGTTOU: .stop
    case .SIGCONT: .resume
    case .SIGHUP, .SIGINT, .SIGQUIT, .SIGILL, .SIGTRAP, .SIGABRT, .SIGBUS, .SIGFPE, .SIGKILL, .SIGUSR1, .SIGSEGV,
      .SIGUSR2, .SIGPIPE, .SIGALRM, .SIGTERM, .SIGSTKFLT, .SIGXCPU, .SIGXFSZ, .SIGVTALRM, .SIGPROF, .SIGIO, .SIGPWR,
      .SIGSYS:
      .terminate
    }
  }

  /// Whether a process can neither catch, nor ignore, nor block it: SIGKILL and SIGSTOP.
  public var isUnblockable: Bool { self == .SIGKILL || self == .SIGSTOP }
}
