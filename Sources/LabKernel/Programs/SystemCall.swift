/// What a task asks the kernel for, with its arguments.
///
/// - Source: the numbers' names are those of Linux, include/uapi/asm-generic/unistd.h.
package enum SystemCall: Sendable, Equatable {
  /// Where the bytes of a write come from.
  package enum Source: Sendable, Equatable {
    /// A text of the caller's program.
    case text(Int)
    /// So many times the first letter of the caller's name.
    case letters(Int)
  }

  case fork
  case exit(UInt8)
  case wait
  case nanosleep(Duration)
  case yield
  case getpid
  case pipe(Register, Register)
  case read(descriptor: Int, count: Int)
  case write(descriptor: Int, Source)
  case close(descriptor: Int)
  case setNonblocking(descriptor: Int)
  case setScheduler(SchedulingPolicy, priority: Int, pid: Int = 0)
  case getPriority
  case lock(Int, timeout: Duration?)
  case tryLock(Int)
  case unlock(Int)
  case printNumber(Int)

  /// Its name, as `sys_enter` shows it.
  package var name: SystemCallName {
    switch self {
    case .fork: .fork
    case .exit: .exit
    case .wait: .wait4
    case .nanosleep: .nanosleep
    case .yield: .sched_yield
    case .getpid: .getpid
    case .pipe: .pipe
    case .read: .read
    case .write, .printNumber: .write
    case .close: .close
    case .setNonblocking: .fcntl
    case .setScheduler: .sched_setscheduler
    case .getPriority: .sched_getparam
    case .lock, .tryLock, .unlock: .futex
    }
  }
}

/// The names of the system calls.
public enum SystemCallName: UInt8, Sendable, Codable, CaseIterable {
  /// A copy of the caller.
  case fork
  /// The end of the caller.
  case exit
  /// How a child ended.
  case wait4
  /// Sleep for a time.
  case nanosleep
  /// Let others run.
  case sched_yield
  /// The caller's own pid.
  case getpid
  /// A new pipe.
  case pipe
  /// Bytes out of a file.
  case read
  /// Bytes into a file.
  case write
  /// An open file less.
  case close
  /// The flags of an open file.
  case fcntl
  /// How the caller is scheduled.
  case sched_setscheduler
  /// How urgent the caller is.
  case sched_getparam
  /// A mutex taken or given back.
  case futex

  /// As it is written.
  public var text: String { "\(self)" }
}
