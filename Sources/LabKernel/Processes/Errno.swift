/// Why a system call failed.
///
/// - Source: Linux, include/uapi/asm-generic/errno-base.h.
public enum Errno: String, Error, Codable, Sendable, CaseIterable {
  /// Operation not permitted.
  case EPERM
  /// No such process.
  case ESRCH
  /// Bad file descriptor.
  case EBADF
  /// No child processes.
  case ECHILD
  /// Try again: the call would block.
  case EAGAIN
  /// Out of memory.
  case ENOMEM
  /// Bad address.
  case EFAULT
  /// Device or resource busy.
  case EBUSY
  /// Invalid argument.
  case EINVAL
  /// Too many open files.
  case EMFILE
  /// Broken pipe: nobody will ever read.
  case EPIPE
  /// Resource deadlock avoided: the caller would wait for ever.
  case EDEADLK
  /// The time was up.
  case ETIMEDOUT

  /// The number that user space sees, negated, in the return register.
  public var number: Int {
    switch self {
    case .EPERM: 1
    case .ESRCH: 3
    case .EBADF: 9
    case .ECHILD: 10
    case .EAGAIN: 11
    case .ENOMEM: 12
    case .EFAULT: 14
    case .EBUSY: 16
    case .EINVAL: 22
    case .EMFILE: 24
    case .EPIPE: 32
    case .EDEADLK: 35
    case .ETIMEDOUT: 110
    }
  }
}
