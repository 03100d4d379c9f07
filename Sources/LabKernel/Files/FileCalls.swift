/// What fcntl(2) is asked to do.
///
/// - Source: Linux, include/uapi/asm-generic/fcntl.h.
public enum FileCommand: Int, NamedNumber {
  /// Set the flags of the open file description.
  case F_SETFL = 4
}

/// The flags of an open file description.
///
/// - Source: Linux, include/uapi/asm-generic/fcntl.h.
public enum FileFlag: Int, NamedNumber {
  /// Fail with `EAGAIN` when a call would have to wait.
  case O_NONBLOCK = 2048
}

extension SystemCall {
  /// The system calls that every file has.
  static let fileCalls = [
    SystemCall(
      25, "fcntl", [.descriptor, .operation, .flags], optional: 1, "changes the flags of an open file"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.fcntl(task, words[0], command: words[1], flags: words[2])
    },
    SystemCall(57, "close", [.descriptor], "closes a descriptor") { (kernel, task, words) throws(Errno) in
      try kernel.close(task, words[0])
    },
    SystemCall(
      63, "read", [.descriptor, .buffer, .count], sleeps: true, "reads up to count bytes into memory"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.read(task, words[0], into: words[1], count: words[2])
    },
    SystemCall(
      64, "write", [.descriptor, .buffer, .count], sleeps: true, "writes count bytes of memory to a file"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.write(task, words[0], from: words[1], count: words[2])
    },
  ]
}
