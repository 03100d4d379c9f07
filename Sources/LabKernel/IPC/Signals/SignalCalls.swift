extension SystemCall {
  /// The system calls of signals.
  static let signalCalls = [
    SystemCall(129, "kill", [.pid, .operation], "sends a signal to a process, or to each process of a group") {
      (kernel, task, words) throws(Errno) in
      try kernel.kill(task, pid: words[0], signal: words[1])
    },
    SystemCall(130, "tkill", [.pid, .operation], "sends a signal to a thread") { (kernel, task, words) throws(Errno) in
      guard words[0] > 0 else { throw .EINVAL }
      return try kernel.signalThread(task, process: nil, thread: words[0], signal: words[1])
    },
    SystemCall(131, "tgkill", [.pid, .pid, .operation], "sends a signal to a thread of a process") {
      (kernel, task, words) throws(Errno) in
      guard words[0] > 0, words[1] > 0 else { throw .EINVAL }
      return try kernel.signalThread(task, process: words[0], thread: words[1], signal: words[2])
    },
    SystemCall(
      134, "rt_sigaction", [.operation, .address, .address, .count], optional: 2,
      "says what a signal does to the process; stores what it did"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.changeAction(task, signal: words[0], new: words[1], old: words[2])
    },
    SystemCall(
      135, "rt_sigprocmask", [.operation, .address, .address, .count], optional: 2,
      "changes which signals are blocked; stores those that were"
    ) { (kernel, task, words) throws(Errno) in
      try kernel.changeMask(task, operation: words[0], new: words[1], old: words[2])
    },
    SystemCall(136, "rt_sigpending", [.address, .count], optional: 1, "stores the blocked signals that are pending") {
      (kernel, task, words) throws(Errno) in
      let all = kernel.tasks[task].pending.union(kernel.groups[kernel.tasks[task].group].pending)
      let blocked = all.rawValue & kernel.tasks[task].blocked.rawValue
      try kernel.putUser(task, Int(bitPattern: UInt(blocked)), .word, at: words[0])
      return .value(0)
    },
  ]
}

extension Kernel {
  /// kill(2).
  ///
  /// - Parameters:
  ///   - pid: a process; 0 for those of the caller's group; -1 for all but init and the caller; less than -1 for those of
  ///     group `-pid`.
  ///   - signal: its number; with 0 nothing is sent, only checked.
  /// - Throws: `EINVAL` for an unknown signal, `ESRCH` without a receiver, `EPERM` if the caller may send it to none of
  ///   them.
  /// - Source: Linux, kernel/signal.c, `kill_something_info()`.
  mutating func kill(_ caller: TaskID, pid: Int, signal: Int) throws(Errno) -> CallAnswer {
    if pid == Int(Int32.min) { throw .ESRCH }
    let receivers = try receivers(pid, caller)
    let signal = try known(signal)
    var refusal: Errno? = .ESRCH
    for receiver in receivers {
      do throws(Errno) {
        try signalChecked(receiver, signal, by: caller, .process)
        refusal = nil
      } catch {
        if refusal != nil { refusal = error }
      }
    }
    if let refusal, pid != -1 || refusal != .EPERM { throw refusal }
    return .value(0)
  }

  /// tkill(2), tgkill(2).
  ///
  /// - Throws: `EINVAL` for an unknown signal, `ESRCH` if there is no such thread, `EPERM` without the right.
  /// - Source: Linux, kernel/signal.c, `do_tkill()`.
  mutating func signalThread(
    _ caller: TaskID, process: Int?, thread: Int, signal: Int
  ) throws(Errno) -> CallAnswer {
    guard let task = pids.task(thread, in: namespace(of: caller)) else { throw .ESRCH }
    if let process, number(of: groups[tasks[task].group].leader, seenBy: caller) != process { throw .ESRCH }
    try signalChecked(task, try known(signal), by: caller, .thread)
    return .value(0)
  }

  private func receivers(_ pid: Int, _ caller: TaskID) throws(Errno) -> [TaskID] {
    let namespace = namespace(of: caller)
    switch pid {
    case 1...:
      guard let task = pids.task(pid, in: namespace) else { throw .ESRCH }
      return [task]
    case 0: return members(of: groups[tasks[caller].group].processGroup).map { groups[$0].leader }
    case -1: return everyProcess(for: caller)
    default:
      guard let group = pids.allocator.find(-pid, in: namespace) else { throw .ESRCH }
      return members(of: group).map { groups[$0].leader }
    }
  }

  /// Every process that the caller sees, but the namespace's init and the caller's own.
  private func everyProcess(for caller: TaskID) -> [TaskID] {
    processes.filter { leader in
      number(of: leader, seenBy: caller) > 1 && tasks[leader].group != tasks[caller].group
    }
  }

  private func known(_ signal: Int) throws(Errno) -> Signal? {
    if signal == 0 { return nil }
    guard let signal = UInt8(exactly: signal).flatMap(Signal.init(rawValue:)) else { throw .EINVAL }
    return signal
  }

  /// - Source: Linux, kernel/signal.c, `check_kill_permission()`.
  private mutating func signalChecked(
    _ task: TaskID, _ signal: Signal?, by caller: TaskID, _ scope: SignalScope
  ) throws(Errno) {
    let (mine, its) = (tasks[caller].group, tasks[task].group)
    let isContinued = signal == .SIGCONT && groups[mine].session == groups[its].session
    let isAllowed = mine == its || isContinued || tasks[caller].credentials.maySignal(tasks[task].credentials)
    guard isAllowed else { throw .EPERM }
    guard let signal else { return }
    let isFromAround = number(of: caller, seenBy: task) == 0
    send(signal, to: task, scope, isForced: isFromAround)
  }

  /// rt_sigaction(2): reads and stores a `struct sigaction`: handler, flags, mask, one word each.
  ///
  /// - Throws: `EFAULT` for a bad address; `EINVAL` for an unknown signal, for SIGKILL and SIGSTOP, and for a handler of the
  ///   program's own.
  /// - Source: Linux, kernel/signal.c, `do_sigaction()`.
  /// - Simplified: a program cannot have a handler of its own: the action is the default one, or nothing.
  mutating func changeAction(_ task: TaskID, signal: Int, new: Int, old: Int) throws(Errno) -> CallAnswer {
    let action = new == 0 ? nil : try getAction(task, at: new)
    guard let signal = try known(signal) else { throw .EINVAL }
    let former = self.action(of: task, for: signal)
    if let action {
      guard !signal.isUnblockable, !action.isCaught else { throw .EINVAL }
      setAction(of: task, for: signal, action)
      forgetIfIgnored(signal, by: task)
    }
    if old != 0 {
      for (offset, word) in [(0, former.handler), (8, former.flags), (16, Int(bitPattern: UInt(former.mask.rawValue)))]
      {
        try putUser(task, word, .word, at: old &+ offset)
      }
    }
    return .value(0)
  }

  private func getAction(_ task: TaskID, at address: Int) throws(Errno) -> SignalAction {
    SignalAction(
      handler: try getUser(task, .word, at: address), flags: try getUser(task, .word, at: address &+ 8),
      mask: SignalSet(rawValue: UInt64(bitPattern: Int64(try getUser(task, .word, at: address &+ 16)))))
  }

  /// A signal that is now ignored is no longer pending.
  private mutating func forgetIfIgnored(_ signal: Signal, by task: TaskID) {
    let action = action(of: task, for: signal)
    let isIgnored =
      action.handler == SignalAction.ignored
      || action.handler == SignalAction.byDefault && [.ignore, .resume].contains(signal.defaultAction)
    guard isIgnored else { return }
    groups[tasks[task].group].pending.remove(signal)
    forEachThread(tasks[task].group) { kernel, thread in kernel.tasks[thread].pending.remove(signal) }
  }

  /// rt_sigprocmask(2): reads and stores a set, one word.
  ///
  /// - Throws: `EINVAL` for an unknown operation, `EFAULT` for a bad address.
  /// - Source: Linux, kernel/signal.c, `sigprocmask()`.
  mutating func changeMask(_ task: TaskID, operation: Int, new: Int, old: Int) throws(Errno) -> CallAnswer {
    let former = tasks[task].blocked
    if new != 0 {
      let set = SignalSet(rawValue: UInt64(bitPattern: Int64(try getUser(task, .word, at: new))))
      guard let operation = SignalMaskOperation(rawValue: operation) else { throw .EINVAL }
      let changed =
        switch operation {
        case .SIG_BLOCK: former.union(set)
        case .SIG_UNBLOCK: former.subtracting(set)
        case .SIG_SETMASK: set
        }
      tasks[task].blocked = changed.subtracting(.unblockable)
      recalculateSignals(of: task)
    }
    if old != 0 { try putUser(task, Int(bitPattern: UInt(former.rawValue)), .word, at: old) }
    return .value(0)
  }
}
