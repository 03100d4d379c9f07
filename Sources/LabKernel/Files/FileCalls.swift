extension SystemCall {
  /// The system calls that every file has, and those that name files.
  static let fileCalls = [
    SystemCall(23, "dup", [.descriptor], "gives an open file another descriptor") {
      (kernel, task, words) throws(Errno) in
      try kernel.duplicate(task, words[0])
    },
    SystemCall(24, "dup3", [.descriptor, .descriptor, .flags], optional: 1, "makes the second name the first's file") {
      (kernel, task, words) throws(Errno) in
      try kernel.duplicate(task, words[0], over: words[1], flags: words[2])
    },
    SystemCall(
      25, "fcntl", [.descriptor, .operation, .flags], optional: 1, "tells or changes the flags of a file"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.fcntl(task, words[0], command: words[1], argument: words[2])
    },
    SystemCall(57, "close", [.descriptor], "closes a descriptor") { (kernel, task, words) throws(Errno) in
      try kernel.close(task, words[0])
    },
    SystemCall(62, "lseek", [.descriptor, .value, .operation], "moves the offset of an open file") {
      (kernel, task, words) throws(Errno) in
      try kernel.seek(task, words[0], by: words[1], from: words[2])
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
