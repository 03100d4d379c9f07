extension Kernel {
  /// wait4(2): returns the pid of the oldest child of those selected about which there is news, and stores its status,
  /// four bytes, at an address.
  ///
  /// - Parameters:
  ///   - pid: the child; -1 for any; 0 for those in the caller's process group; less than -1 for those in group `-pid`.
  ///   - status: where to store the status; with 0 it is not stored.
  ///   - options: ``WaitOption``; the end of a child is always reported.
  ///   - usage: where to store a `struct rusage`; with 0 it is not stored.
  /// - Throws: `ECHILD` if there is no such child, `EFAULT` for a bad address (the child is reaped all the same),
  ///   `EINVAL` for options, `ESRCH` for the least of all numbers.
  /// - Complexity: O(1) for a pid, O(children) otherwise.
  /// - Source: Linux, kernel/exit.c, `kernel_wait4()`.
  mutating func waitForChild(
    _ caller: TaskID, pid: Int, status address: Int, options: Int, usage: Int
  ) throws(Errno) -> CallAnswer {
    let allowed: [WaitOption] = [.WNOHANG, .WSTOPPED, .WCONTINUED, .__WNOTHREAD, .__WALL, .__WCLONE]
    guard options & ~allowed.reduce(0, { $0 | $1.rawValue }) == 0 else { throw .EINVAL }
    guard pid != Int(Int32.min) else { throw .ESRCH }
    let request = WaitRequest(selector(pid, caller), options: options | WaitOption.WEXITED.rawValue)
    switch try findNews(request, for: caller) {
    case .sleep(let queue): return .sleep(on: queue)
    case .nothing: return .value(0)
    case .report(let report):
      if address != 0 { try putUser(caller, report.status, .int, at: address) }
      if usage != 0 { try storeUsage(report.run, for: caller, at: usage) }
      return .value(report.pid)
    }
  }

  /// waitid(2): like wait4(2), but it stores the parts of the status one by one, can leave the child as it is, and
  /// reports only what it is asked for.
  ///
  /// - Parameter info: where to store the first seven words of a `struct siginfo`; with 0 they are not stored.
  ///   If the call fails, zeros are stored.
  /// - Returns: 0.
  /// - Throws: `ECHILD` if there is no such child, `EINVAL` for options and for a selector, `EFAULT` for a bad address.
  /// - Source: Linux, kernel/exit.c, `SYSCALL_DEFINE5(waitid, …)`.
  mutating func waitForState(
    _ caller: TaskID, _ type: Int, _ id: Int, info address: Int, options: Int, usage: Int
  ) throws(Errno) -> CallAnswer {
    var words = [0, 0, 0, 0, 0, 0]
    do throws(Errno) {
      switch try findNews(type, id, options, for: caller) {
      case .sleep(let queue): return .sleep(on: queue)
      case .nothing: break
      case .report(let report):
        let signal = Int(Signal.SIGCHLD.rawValue)
        words = [signal, 0, report.event.rawValue, report.pid, Int(report.user), report.detail]
        if usage != 0 { try storeUsage(report.run, for: caller, at: usage) }
      }
    } catch {
      try store(words, for: caller, at: address)
      throw error
    }
    try store(words, for: caller, at: address)
    return .value(0)
  }

  /// What waitid(2) is asked for, if that is something.
  private mutating func findNews(_ type: Int, _ id: Int, _ options: Int, for caller: TaskID) throws(Errno) -> News {
    guard options & ~WaitOption.allCases.reduce(0, { $0 | $1.rawValue }) == 0 else { throw .EINVAL }
    let request = WaitRequest(try selector(type, id, caller), options: options)
    guard request.has(.WEXITED) || request.has(.WSTOPPED) || request.has(.WCONTINUED) else { throw .EINVAL }
    return try findNews(request, for: caller)
  }

  /// Stores the first words of a `struct siginfo`.
  private mutating func store(_ words: [Int], for caller: TaskID, at address: Int) throws(Errno) {
    guard address != 0 else { return }
    for (word, offset) in zip(words, [0, 4, 8, 16, 20, 24]) {
      try putUser(caller, word, .int, at: address &+ offset)
    }
  }

  private func selector(_ pid: Int, _ caller: TaskID) -> WaitRequest.Selector {
    switch pid {
    case -1: .any
    case 0: .group(groups[tasks[caller].group].processGroup)
    case 1...: .pid(pid)
    default: pids.allocator.find(-pid, in: namespace(of: caller)).map { .group($0) } ?? .none
    }
  }

  private func selector(_ type: Int, _ id: Int, _ caller: TaskID) throws(Errno) -> WaitRequest.Selector {
    switch WaitIDType(rawValue: type) {
    case .P_ALL: return .any
    case .P_PID:
      guard id > 0 else { throw .EINVAL }
      return .pid(id)
    case .P_PGID:
      guard id >= 0 else { throw .EINVAL }
      return id == 0 ? selector(0, caller) : selector(-id, caller)
    case nil: throw .EINVAL
    }
  }

  /// What a look at the children has brought.
  private enum News {
    /// This.
    case report(WaitReport)
    /// Nothing yet, and the caller does not want to wait.
    case nothing
    /// Nothing yet: the caller sleeps here.
    case sleep(WaitQueueID)
  }

  /// Looks for a child about which there is news.
  ///
  /// - Source: Linux, kernel/exit.c, `__do_wait()`.
  private mutating func findNews(_ request: WaitRequest, for caller: TaskID) throws(Errno) -> News {
    var isThere = false
    let group = tasks[caller].group
    if case .pid(let pid) = request.selector {
      if let child = child(pid, of: caller, request) {
        if let report = consider(child, request, for: caller, &isThere) { return .report(report) }
      }
    } else {
      var thread = request.has(.__WNOTHREAD) ? caller : groups[group].leader
      while thread != .idle {
        if let report = considerChildren(of: thread, request, for: caller, &isThere) { return .report(report) }
        thread = request.has(.__WNOTHREAD) ? .idle : tasks[thread].nextThread
      }
    }
    guard isThere else { throw .ECHILD }
    return request.has(.WNOHANG) ? .nothing : .sleep(queueForChildren(of: group))
  }

  /// The child of the caller, or of another thread of its process, with this number.
  ///
  /// - Source: Linux, kernel/exit.c, `do_wait_pid()`.
  private func child(_ pid: Int, of caller: TaskID, _ request: WaitRequest) -> TaskID? {
    guard let child = pids.task(pid, in: namespace(of: caller)), groups[tasks[child].group].leader == child else {
      return nil
    }
    let parent = tasks[child].parent
    let isMine = request.has(.__WNOTHREAD) ? parent == caller : tasks[parent].group == tasks[caller].group
    return isMine ? child : nil
  }

  private mutating func considerChildren(
    of thread: TaskID, _ request: WaitRequest, for caller: TaskID, _ isThere: inout Bool
  ) -> WaitReport? {
    var child = tasks[thread].firstChild
    while child != .idle {
      let next = tasks[child].nextSibling
      if let report = consider(child, request, for: caller, &isThere) { return report }
      child = next
    }
    return nil
  }

  /// Looks at one child; says whether it is one for which the caller may wait, and what there is to report.
  ///
  /// - Source: Linux, kernel/exit.c, `wait_consider_task()`.
  private mutating func consider(
    _ child: TaskID, _ request: WaitRequest, for caller: TaskID, _ isThere: inout Bool
  ) -> WaitReport? {
    let group = tasks[child].group
    if case .group(let wanted) = request.selector, groups[group].processGroup != wanted { return nil }
    if request.selector == .none { return nil }
    guard request.wants(tasks[child].exitSignal) else { return nil }
    if case .zombie(let status) = tasks[child].state, groups[group].threads == 1 {
      guard request.has(.WEXITED) else { return nil }
      return reportEnd(of: child, groups[group].groupExit ?? status, request, for: caller)
    }
    isThere = true
    return reportStop(of: child, request, for: caller) ?? reportContinuation(of: child, request, for: caller)
  }

  /// Reports the end of a child, and reaps it.
  ///
  /// - Source: Linux, kernel/exit.c, `wait_task_zombie()`.
  private mutating func reportEnd(
    of child: TaskID, _ status: ExitStatus, _ request: WaitRequest, for caller: TaskID
  ) -> WaitReport {
    let group = tasks[child].group
    let run = groups[group].threadsRun + groups[group].childrenRun + tasks[child].accounting.run
    var report = report(on: child, .CLD_EXITED, detail: 0, for: caller)
    report.run = run
    switch status {
    case .exited(let code): report.detail = Int(code)
    case .signaled(let signal):
      report.event = .CLD_KILLED
      report.detail = Int(signal.rawValue)
    }
    guard !request.has(.WNOWAIT) else { return report }
    groups[tasks[caller].group].childrenRun += run
    reap(child)
    return report
  }

  /// - Source: Linux, kernel/exit.c, `wait_task_stopped()`.
  private mutating func reportStop(of child: TaskID, _ request: WaitRequest, for caller: TaskID) -> WaitReport? {
    let group = tasks[child].group
    guard request.has(.WSTOPPED), groups[group].stop.isStopped, let signal = groups[group].stop.unreported else {
      return nil
    }
    if !request.has(.WNOWAIT) { groups[group].stop.unreported = nil }
    return report(on: child, .CLD_STOPPED, detail: Int(signal.rawValue), for: caller)
  }

  /// - Source: Linux, kernel/exit.c, `wait_task_continued()`.
  private mutating func reportContinuation(
    of child: TaskID, _ request: WaitRequest, for caller: TaskID
  ) -> WaitReport? {
    let group = tasks[child].group
    guard request.has(.WCONTINUED), groups[group].stop.isContinued else { return nil }
    if !request.has(.WNOWAIT) { groups[group].stop.isContinued = false }
    return report(on: child, .CLD_CONTINUED, detail: Int(Signal.SIGCONT.rawValue), for: caller)
  }

  private func report(on child: TaskID, _ event: ChildEvent, detail: Int, for caller: TaskID) -> WaitReport {
    WaitReport(
      pid: number(of: child, seenBy: caller), user: tasks[child].credentials.user, event: event, detail: detail,
      run: tasks[child].accounting.run)
  }

  /// Where the threads of a process sleep until there is news about a child.
  mutating func queueForChildren(of group: ThreadGroupID) -> WaitQueueID {
    if groups[group].childExit == .none {
      groups[group].childExit = makeQueue(of: .children(of: groups[group].leader))
    }
    return groups[group].childExit
  }

  /// Stores a `struct rusage`: the time on a CPU, and zeros.
  ///
  /// - Source: Linux, include/uapi/linux/resource.h.
  /// - Simplified: all time counts as time in user space, and nothing else is counted.
  mutating func storeUsage(_ run: Duration, for caller: TaskID, at address: Int) throws(Errno) {
    let microseconds = Int(run.nanoseconds / 1000)
    for word in 0..<18 {
      let value = word == 0 ? microseconds / 1_000_000 : word == 1 ? microseconds % 1_000_000 : 0
      try putUser(caller, value, .word, at: address &+ 8 * word)
    }
  }
}
