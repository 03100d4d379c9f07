extension SystemCall {
  /// The system calls that ask which task, process, group and session a task is, and that change the latter two.
  static let identityCalls = [
    SystemCall(154, "setpgid", [.pid, .pid], "puts a process into a process group") {
      (kernel, task, words) throws(Errno) in
      try kernel.setProcessGroup(task, pid: words[0], group: words[1])
    },
    SystemCall(155, "getpgid", [.pid], optional: 1, "tells the process group of a process") {
      (kernel, task, words) throws(Errno) in
      let process = try kernel.process(words[0], for: task)
      return .value(kernel.number(of: kernel.groups[process].processGroup, seenBy: task))
    },
    SystemCall(156, "getsid", [.pid], optional: 1, "tells the session of a process") {
      (kernel, task, words) throws(Errno) in
      let process = try kernel.process(words[0], for: task)
      return .value(kernel.number(of: kernel.groups[process].session, seenBy: task))
    },
    SystemCall(157, "setsid", [], "makes the caller the leader of a new session") { (kernel, task, _) throws(Errno) in
      try kernel.makeSession(task)
    },
    SystemCall(167, "prctl", [.operation, .value], optional: 1, "changes one of many things about the caller") {
      (kernel, task, words) throws(Errno) in
      try kernel.control(task, words[0], words[1])
    },
    SystemCall(172, "getpid", [], "tells the pid of the caller's process") { kernel, task, _ in
      .value(kernel.number(of: kernel.groups[kernel.tasks[task].group].leader, seenBy: task))
    },
    SystemCall(173, "getppid", [], "tells the pid of the parent's process") { kernel, task, _ in
      let parent = kernel.tasks[kernel.tasks[task].parent].group
      return .value(kernel.number(of: kernel.groups[parent].leader, seenBy: task))
    },
    SystemCall(174, "getuid", [], "tells the user that started the caller") { kernel, task, _ in
      .value(Int(kernel.tasks[task].credentials.user))
    },
    SystemCall(175, "geteuid", [], "tells the user whose rights the caller has") { kernel, task, _ in
      .value(Int(kernel.tasks[task].credentials.effectiveUser))
    },
    SystemCall(176, "getgid", [], "tells the group that started the caller") { kernel, task, _ in
      .value(Int(kernel.tasks[task].credentials.group))
    },
    SystemCall(177, "getegid", [], "tells the group whose rights the caller has") { kernel, task, _ in
      .value(Int(kernel.tasks[task].credentials.effectiveGroup))
    },
    SystemCall(178, "gettid", [], "tells the caller's own pid, also if it is not the first thread") { kernel, task, _ in
      .value(kernel.number(of: task, seenBy: task))
    },
    SystemCall(144, "setgid", [.value], "changes the caller's group") { (kernel, task, words) throws(Errno) in
      try kernel.setGroup(task, words[0])
    },
    SystemCall(146, "setuid", [.value], "changes the caller's user") { (kernel, task, words) throws(Errno) in
      try kernel.setUser(task, words[0])
    },
  ]
}

/// What prctl(2) is asked to do.
///
/// - Source: Linux, include/uapi/linux/prctl.h.
public enum ProcessControl: Int, NamedNumber {
  /// Say which signal the end of the parent sends.
  case PR_SET_PDEATHSIG = 1
  /// Say whether the process adopts orphans among its descendants.
  case PR_SET_CHILD_SUBREAPER = 36
  /// Store whether it does, four bytes.
  case PR_GET_CHILD_SUBREAPER = 37
}

extension Kernel {
  /// The process with a pid, or the caller's for 0.
  ///
  /// - Throws: `ESRCH` if there is none.
  func process(_ pid: Int, for caller: TaskID) throws(Errno) -> ThreadGroupID {
    if pid == 0 { return tasks[caller].group }
    guard let task = pids.task(pid, in: namespace(of: caller)) else { throw .ESRCH }
    return tasks[task].group
  }

  /// setpgid(2).
  ///
  /// - Parameters:
  ///   - pid: the caller, as 0, or a child of its that has not executed a program.
  ///   - group: a group of the same session, or the pid itself for a new one; 0 means the pid.
  /// - Throws: `EINVAL` for a negative group, and for a thread that is not the first; `ESRCH` if `pid` is neither the
  ///   caller nor its child; `EACCES` for a child that has executed a program; `EPERM` for the leader of a session, for a
  ///   child in another session, and for a group that is not in the session.
  /// - Source: Linux, kernel/sys.c, `SYSCALL_DEFINE2(setpgid, …)`.
  mutating func setProcessGroup(_ caller: TaskID, pid: Int, group number: Int) throws(Errno) -> CallAnswer {
    let mine = tasks[caller].group
    let leader = groups[mine].leader
    let pid = pid == 0 ? self.number(of: leader, seenBy: caller) : pid
    guard (number == 0 ? pid : number) >= 0 else { throw .EINVAL }
    guard let task = pids.task(pid, in: namespace(of: caller)) else { throw .ESRCH }
    let its = tasks[task].group
    guard groups[its].leader == task else { throw .EINVAL }
    if tasks[tasks[task].parent].group == mine {
      guard groups[its].session == groups[mine].session else { throw .EPERM }
      guard !groups[its].hasExecuted else { throw .EACCES }
    } else {
      guard its == mine else { throw .ESRCH }
    }
    guard groups[its].session != tasks[task].identity else { throw .EPERM }
    let target = try processGroup(number == 0 ? pid : number, for: task, seenBy: caller)
    guard groups[its].processGroup != target else { return .value(0) }
    leaveProcessGroup(its)
    join(its, target)
    return .value(0)
  }

  private func processGroup(
    _ number: Int, for task: TaskID, seenBy caller: TaskID
  ) throws(Errno) -> PIDHandle {
    guard number != self.number(of: task, seenBy: caller) else { return tasks[task].identity }
    guard let identity = pids.allocator.find(number, in: namespace(of: caller)) else { throw .EPERM }
    let first = pids.firstInGroup(identity)
    guard first != .none, groups[first].session == groups[tasks[caller].group].session else { throw .EPERM }
    return identity
  }

  /// setsid(2).
  ///
  /// - Throws: `EPERM` for the leader of a session or of a process group that has members.
  /// - Source: Linux, kernel/sys.c, `ksys_setsid()`.
  mutating func makeSession(_ caller: TaskID) throws(Errno) -> CallAnswer {
    let group = tasks[caller].group
    let identity = tasks[groups[group].leader].identity
    guard groups[group].session != identity, pids.firstInGroup(identity) == .none else { throw .EPERM }
    leaveProcessGroup(group)
    join(group, identity)
    let former = groups[group].session
    pids.joinSession(identity)
    groups[group].session = identity
    pids.leaveSession(former)
    return .value(number(of: identity, seenBy: caller))
  }

  /// prctl(2).
  ///
  /// - Throws: `EINVAL` for an unknown operation or signal, `EFAULT` for a bad address.
  /// - Source: Linux, kernel/sys.c, `SYSCALL_DEFINE5(prctl, …)`.
  mutating func control(_ task: TaskID, _ operation: Int, _ word: Int) throws(Errno) -> CallAnswer {
    let group = tasks[task].group
    switch ProcessControl(rawValue: operation) {
    case .PR_SET_PDEATHSIG:
      guard word == 0 || UInt8(exactly: word).flatMap(Signal.init(rawValue:)) != nil else { throw .EINVAL }
      tasks[task].parentDeathSignal = Signal(rawValue: UInt8(truncatingIfNeeded: word))
    case .PR_SET_CHILD_SUBREAPER:
      subreapers += (word != 0 ? 1 : 0) - (groups[group].isSubreaper ? 1 : 0)
      groups[group].isSubreaper = word != 0
    case .PR_GET_CHILD_SUBREAPER: try putUser(task, groups[group].isSubreaper ? 1 : 0, .int, at: word)
    case nil: throw .EINVAL
    }
    return .value(0)
  }

  /// setuid(2).
  ///
  /// - Throws: `EINVAL` for a negative number, `EPERM` if the caller is neither root nor was ever that user.
  /// - Source: Linux, kernel/sys.c, `__sys_setuid()`.
  mutating func setUser(_ task: TaskID, _ word: Int) throws(Errno) -> CallAnswer {
    try setIdentity(task, word, real: \.user, effective: \.effectiveUser, saved: \.savedUser)
  }

  /// setgid(2).
  ///
  /// - Throws: `EINVAL` for a negative number, `EPERM` if the caller is neither root nor was ever in that group.
  /// - Source: Linux, kernel/sys.c, `__sys_setgid()`.
  mutating func setGroup(_ task: TaskID, _ word: Int) throws(Errno) -> CallAnswer {
    try setIdentity(task, word, real: \.group, effective: \.effectiveGroup, saved: \.savedGroup)
  }

  /// Changes the effective number, and for root all three, so that it cannot go back.
  private mutating func setIdentity(
    _ task: TaskID, _ word: Int, real: WritableKeyPath<Credentials, Int32>,
    effective: WritableKeyPath<Credentials, Int32>, saved: WritableKeyPath<Credentials, Int32>
  ) throws(Errno) -> CallAnswer {
    guard let number = Int32(exactly: word), number >= 0 else { throw .EINVAL }
    let mine = tasks[task].credentials
    guard mine.isRoot || number == mine[keyPath: real] || number == mine[keyPath: saved] else { throw .EPERM }
    if mine.isRoot {
      tasks[task].credentials[keyPath: real] = number
      tasks[task].credentials[keyPath: saved] = number
    }
    tasks[task].credentials[keyPath: effective] = number
    return .value(0)
  }
}
