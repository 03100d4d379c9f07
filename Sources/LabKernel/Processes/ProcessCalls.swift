extension SystemCall {
  /// The system calls of processes.
  static let processCalls = [
    SystemCall(93, "exit", [.value], optional: 1, "ends the caller with this code") { kernel, task, words in
      kernel.exit(task, .exited(UInt8(truncatingIfNeeded: words[0])))
    },
    SystemCall(172, "getpid", [], "tells the caller's own pid") { kernel, task, _ in
      .value(Int(kernel.tasks[task].pid))
    },
    SystemCall(220, "clone", [.flags], "makes a copy of the caller") { (kernel, task, words) throws(Errno) in
      .value(Int(try kernel.clone(task, flags: words[0])))
    },
    SystemCall(
      260, "wait4", [.pid, .address, .flags, .address], optional: 3, sleeps: true,
      "waits for a child's end; stores its status"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.waitForChild(task, pid: words[0], status: words[1], options: words[2], usage: words[3])
    },
  ]
}
