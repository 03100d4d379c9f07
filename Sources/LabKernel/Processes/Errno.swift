/// Why a system call failed.
///
/// The raw value is the number that user space sees, negated, in the return register.
/// - Source: Linux, include/uapi/asm-generic/errno-base.h and errno.h.
public enum Errno: Int, Error, Codable, NamedNumber {
  /// Operation not permitted.
  case EPERM = 1
  /// No such process.
  case ESRCH = 3
  /// Interrupted system call.
  case EINTR = 4
  /// Argument list too long: the strings for a new program.
  case E2BIG = 7
  /// Exec format error: the file is no program.
  case ENOEXEC = 8
  /// Bad file descriptor.
  case EBADF = 9
  /// No child processes.
  case ECHILD = 10
  /// Try again: the call would block.
  case EAGAIN = 11
  /// Out of memory.
  case ENOMEM = 12
  /// Bad address.
  case EFAULT = 14
  /// Device or resource busy.
  case EBUSY = 16
  /// Invalid argument.
  case EINVAL = 22
  /// Too many open files.
  case EMFILE = 24
  /// No space left: a fixed number of something has been reached.
  case ENOSPC = 28
  /// Broken pipe: no task will ever read from it.
  case EPIPE = 32
  /// Resource deadlock avoided: the caller would wait forever.
  case EDEADLK = 35
  /// Function not implemented: no system call has this number.
  case ENOSYS = 38
  /// Too many levels: of scripts that name each other as their interpreters.
  case ELOOP = 40
  /// The time was up.
  case ETIMEDOUT = 110
}
