extension SystemCall {
  /// The system calls that only pipes have.
  static let pipeCalls = [
    SystemCall(
      59, "pipe2", [.address, .flags], optional: 1, "makes a pipe, and stores its descriptors"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.makePipe(task, descriptors: words[0], flags: words[1])
    }
  ]
}
