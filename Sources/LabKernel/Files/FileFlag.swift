/// What fcntl(2) is asked to do.
///
/// - Source: Linux, include/uapi/asm-generic/fcntl.h and include/uapi/linux/fcntl.h.
public enum FileCommand: Int, NamedNumber {
  /// Give the open file another descriptor, the lowest free one from a number on.
  case F_DUPFD = 0
  /// Tell the flags of the descriptor.
  case F_GETFD = 1
  /// Set the flags of the descriptor.
  case F_SETFD = 2
  /// Tell the flags of the open file description.
  case F_GETFL = 3
  /// Set the flags of the open file description.
  case F_SETFL = 4
  /// As `F_DUPFD`, with `FD_CLOEXEC` for the new descriptor.
  case F_DUPFD_CLOEXEC = 1030
}

/// The flags of a descriptor, which belong to it alone.
///
/// - Source: Linux, include/uapi/asm-generic/fcntl.h.
public enum DescriptorFlag: Int, NamedNumber {
  /// execve(2) closes the descriptor.
  case FD_CLOEXEC = 1
}

/// The flags of an open file description, and those that only the call that makes it understands.
///
/// - Source: Linux, include/uapi/asm-generic/fcntl.h.
public enum FileFlag: Int, NamedNumber {
  /// Only reads are allowed.
  case O_RDONLY = 0
  /// Only writes are allowed.
  case O_WRONLY = 1
  /// Both are allowed.
  case O_RDWR = 2
  /// Make the file if it does not exist.
  case O_CREAT = 0o100
  /// Fail with `EEXIST` if the file exists.
  case O_EXCL = 0o200
  /// Empty the file.
  case O_TRUNC = 0o1000
  /// Put each write at the end of the file.
  case O_APPEND = 0o2000
  /// Fail with `EAGAIN` when a call would have to wait.
  case O_NONBLOCK = 0o4000
  /// The file may be longer than 2 GiB: what a 64-bit kernel adds by itself.
  case O_LARGEFILE = 0o100000
  /// Fail with `ENOTDIR` unless it is a directory.
  case O_DIRECTORY = 0o200000
  /// Close the new descriptor in execve(2).
  case O_CLOEXEC = 0o2000000

  /// Whether this flag is among `flags`.
  func isSet(in flags: Int) -> Bool { flags & rawValue != 0 }

  /// The bits that say what may be done: one of the first three flags.
  static let accessMode = 3
  /// The bits that `F_SETFL` may change.
  ///
  /// - Source: Linux, fs/fcntl.c, `SETFL_MASK`.
  static let settable = FileFlag.O_APPEND.rawValue | FileFlag.O_NONBLOCK.rawValue
}

/// From where lseek(2) counts.
///
/// - Source: Linux, include/uapi/linux/fs.h.
public enum SeekOrigin: Int, NamedNumber {
  /// From the beginning of the file.
  case SEEK_SET = 0
  /// From the offset.
  case SEEK_CUR = 1
  /// From the end of the file.
  case SEEK_END = 2
}
