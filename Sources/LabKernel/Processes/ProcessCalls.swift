extension SystemCall {
  /// The system calls by which processes begin and end.
  static let processCalls = [
    SystemCall(93, "exit", [.value], optional: 1, "ends the calling thread with this code") { kernel, task, words in
      kernel.exit(task, .exited(UInt8(truncatingIfNeeded: words[0])))
    },
    SystemCall(94, "exit_group", [.value], optional: 1, "ends the caller's process with this code") {
      kernel, task, words in
      kernel.exitGroup(task, .exited(UInt8(truncatingIfNeeded: words[0])))
    },
    SystemCall(
      95, "waitid", [.operation, .pid, .address, .flags, .address], optional: 1, sleeps: true,
      "waits until a child ends, stops or continues; stores what happened"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.waitForState(task, words[0], words[1], info: words[2], options: words[3], usage: words[4])
    },
    SystemCall(96, "set_tid_address", [.address], "says where the kernel stores 0 at the caller's end") {
      kernel, task, words in
      kernel.tasks[task].clearChildTID = words[0]
      return .value(kernel.number(of: task, seenBy: task))
    },
    SystemCall(
      97, "unshare", [.flags], "has the caller's children begin in a new pid namespace"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.unshare(task, flags: words[0])
    },
    SystemCall(
      220, "clone", [.flags, .address, .address, .value, .address], optional: 4,
      "makes a copy of the caller, which shares with it what the flags say"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.clone(task, CloneRequest(flags: words[0], parentTID: words[2], childTID: words[4]))
    },
    SystemCall(221, "execve", [.path, .address, .address], optional: 2, "executes a program") {
      (kernel, task, words) throws(Errno) in
      try kernel.execute(task, path: words[0], arguments: words[1], environment: words[2])
    },
    SystemCall(
      260, "wait4", [.pid, .address, .flags, .address], optional: 3, sleeps: true,
      "waits for a child's end; stores its status"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.waitForChild(task, pid: words[0], status: words[1], options: words[2], usage: words[3])
    },
  ]
}

extension Kernel {
  /// unshare(2), with `CLONE_NEWPID`.
  ///
  /// - Throws: `EINVAL` for other flags, and if the caller's children already begin in another namespace than its own;
  ///   `EPERM` without the right; `ENOSPC` if namespaces are nested too deeply.
  /// - Source: Linux, kernel/fork.c, `ksys_unshare()`.
  mutating func unshare(_ task: TaskID, flags: Int) throws(Errno) -> CallAnswer {
    guard flags == 0 || flags == CloneFlag.CLONE_NEWPID.rawValue else { throw .EINVAL }
    guard flags != 0 else { return .value(0) }
    guard tasks[task].credentials.isRoot else { throw .EPERM }
    let former = tasks[task].childNamespace
    guard former == namespace(of: task) else { throw .EINVAL }
    tasks[task].childNamespace = try pids.makeNamespace(in: former)
    pids.withAllocator { $0.release(former) }
    return .value(0)
  }
}
