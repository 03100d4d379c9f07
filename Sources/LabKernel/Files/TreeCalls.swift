extension SystemCall {
  /// The system calls that name files by their paths, and those that only files of the tree have.
  static let treeCalls = [
    SystemCall(17, "getcwd", [.address, .count], "stores the path of the working directory") {
      (kernel, task, words) throws(Errno) in
      try kernel.storeWorkingDirectory(task, words[0], size: words[1])
    },
    SystemCall(34, "mkdirat", [.descriptor, .path, .flags], "makes a directory") {
      (kernel, task, words) throws(Errno) in
      try kernel.makeDirectory(task, from: words[0], path: words[1], mode: words[2])
    },
    SystemCall(35, "unlinkat", [.descriptor, .path, .flags], optional: 1, "removes a name") {
      (kernel, task, words) throws(Errno) in
      try kernel.unlink(task, from: words[0], path: words[1], flags: words[2])
    },
    SystemCall(46, "ftruncate", [.descriptor, .count], "makes a file so many bytes long") {
      (kernel, task, words) throws(Errno) in
      try kernel.truncate(task, words[0], to: words[1])
    },
    SystemCall(48, "faccessat", [.descriptor, .path, .flags], "asks what the caller may do") {
      (kernel, task, words) throws(Errno) in
      try kernel.access(task, from: words[0], path: words[1], mode: words[2])
    },
    SystemCall(49, "chdir", [.path], "changes the working directory") { (kernel, task, words) throws(Errno) in
      try kernel.changeDirectory(task, path: words[0])
    },
    SystemCall(56, "openat", [.descriptor, .path, .flags, .flags], optional: 1, "opens or makes a file") {
      (kernel, task, words) throws(Errno) in
      try kernel.open(task, from: words[0], path: words[1], flags: words[2], mode: words[3])
    },
    SystemCall(61, "getdents64", [.descriptor, .buffer, .count], "stores the next names of a directory") {
      (kernel, task, words) throws(Errno) in
      try kernel.storeEntries(task, words[0], at: words[1], size: words[2])
    },
    SystemCall(79, "newfstatat", [.descriptor, .path, .address, .flags], optional: 1, "stores what a file is") {
      (kernel, task, words) throws(Errno) in
      try kernel.storeStatus(task, from: words[0], path: words[1], at: words[2], flags: words[3])
    },
    SystemCall(80, "fstat", [.descriptor, .address], "stores what an open file is") {
      (kernel, task, words) throws(Errno) in
      try kernel.storeStatus(task, words[0], at: words[1])
    },
    SystemCall(82, "fsync", [.descriptor], "waits until a file is stored: it is") {
      (kernel, task, words) throws(Errno) in
      try kernel.synchronize(task, words[0])
    },
    SystemCall(166, "umask", [.flags], "sets which permissions new files lack") { kernel, task, words in
      kernel.setUmask(task, words[0])
    },
  ]
}
