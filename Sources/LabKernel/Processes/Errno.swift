/// Why a system call failed.
///
/// The raw value is the number that user space sees, negated, in the return register.
/// - Source: Linux, include/uapi/asm-generic/errno-base.h and errno.h.
public enum Errno: Int, Error, Codable, NamedNumber {
  /// Operation not permitted.
  case EPERM = 1
  /// No such file or directory.
  case ENOENT = 2
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
  /// Permission denied: a mode does not allow it.
  case EACCES = 13
  /// Bad address.
  case EFAULT = 14
  /// Device or resource busy.
  case EBUSY = 16
  /// File exists.
  case EEXIST = 17
  /// Not a directory.
  case ENOTDIR = 20
  /// Is a directory.
  case EISDIR = 21
  /// Invalid argument.
  case EINVAL = 22
  /// Too many open files.
  case EMFILE = 24
  /// File too large.
  case EFBIG = 27
  /// No space left: a fixed number of something has been reached.
  case ENOSPC = 28
  /// Illegal seek: a pipe or a terminal has no offset.
  case ESPIPE = 29
  /// Read-only file system.
  case EROFS = 30
  /// Broken pipe: no task will ever read from it.
  case EPIPE = 32
  /// Result too large for the buffer.
  case ERANGE = 34
  /// Resource deadlock avoided: the caller would wait forever.
  case EDEADLK = 35
  /// File name too long.
  case ENAMETOOLONG = 36
  /// Function not implemented: no system call has this number.
  case ENOSYS = 38
  /// Directory not empty.
  case ENOTEMPTY = 39
  /// Too many levels: of scripts that name each other as their interpreters.
  case ELOOP = 40
  /// The time was up.
  case ETIMEDOUT = 110
}
