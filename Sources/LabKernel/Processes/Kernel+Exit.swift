extension Kernel {
  /// exit(2): ends the calling thread; it gives back everything but its kernel stack and its row.
  ///
  /// With the last thread, the process ends: its parent is told, and finds a zombie. Other threads than the first leave
  /// no zombie. The code of the process is that of its last thread.
  /// - Source: Linux, kernel/exit.c, `do_exit()` and `synchronize_group_exit()`.
  @discardableResult
  mutating func exit(_ task: TaskID, _ status: ExitStatus) -> CallAnswer {
    let group = tasks[task].group
    if groups[group].living == 1, waitsForNamespace(task, status) { return .noReturn }
    leaveStop(task)
    completeVfork(task)
    releaseMutexes(of: task)
    clearTID(of: task)
    closeFiles(of: task)
    releaseContext(of: task)
    releaseMemory(of: task)
    releaseHandlers(of: task)
    groups[group].living -= 1
    if groups[group].living == 0 {
      if groups[group].groupExit == nil { groups[group].groupExit = status }
      removeQueue(groups[group].childExit)
      groups[group].childExit = .none
    }
    deactivate(task, as: .zombie(status))
    passOnSignals(of: task)
    tasks[task].accounting.ended = now
    log(tasks[task].cpu, .schedProcessExit(tasks[task].pid, status))
    pids.record(obituary(of: task, status))
    notifyOfExit(task)
    return .noReturn
  }

  /// exit_group(2): ends all threads of the caller's process, in the same way.
  ///
  /// If that has already been decided, the first decision stands.
  /// - Source: Linux, kernel/exit.c, `do_group_exit()`.
  @discardableResult
  mutating func exitGroup(_ task: TaskID, _ status: ExitStatus) -> CallAnswer {
    let group = tasks[task].group
    if let decided = groups[group].groupExit { return exit(task, decided) }
    if groups[group].living > 1 {
      groups[group].groupExit = status
      killThreads(of: group, besides: task)
    }
    return exit(task, status)
  }

  /// Makes every other thread of a process end as soon as it next runs.
  ///
  /// - Source: Linux, kernel/signal.c, `zap_other_threads()`.
  mutating func killThreads(of group: ThreadGroupID, besides task: TaskID) {
    groups[group].stop.outstanding = 0
    forEachThread(group) { kernel, thread in
      guard thread != task, kernel.tasks[thread].isAlive else { return }
      kernel.tasks[thread].pending.insert(.SIGKILL)
      kernel.wakeForSignal(thread, isFatal: true)
    }
  }

  /// Gives back the last resources of a zombie: its kernel stack, its numbers and its row.
  ///
  /// If it was the last thread beside a leader that has ended, the leader's parent is told now.
  /// - Source: Linux, kernel/exit.c, `release_task()`.
  mutating func reap(_ task: TaskID) {
    log(tasks[task].cpu, .schedProcessFree(tasks[task].pid))
    if let stack = tasks[task].stack { freeStack(stack) }
    let group = tasks[task].group
    let leader = groups[group].leader
    groups[group].threadsRun += tasks[task].accounting.run
    if task == leader { disown(task) }
    removeThread(task)
    if task == leader { removeProcess(group) }
    let namespace = tasks[task].childNamespace
    pids.detach(tasks[task].identity)
    pids.withAllocator { $0.release(namespace) }
    tasks[task].state = .dead
    tasks.remove(task)
    if task != leader, groups[group].threads == 1, case .zombie = tasks[leader].state { notifyParent(leader) }
  }

  /// Takes back a kernel stack.
  mutating func freeStack(_ frame: FrameNumber) {
    do throws(FreeError) {
      try memory.pageAllocator.free(frame, order: kernelStackOrder)
    } catch {
      oops = .pagesNotTakenBack(frame, order: kernelStackOrder, error)
    }
  }

  private mutating func releaseMemory(of task: TaskID) {
    memory.release(tasks[task].memory)
    tasks[task].memory = .none
  }

  private mutating func releaseHandlers(of task: TaskID) {
    if tasks[task].handlers != .none { signalHandlers.release(tasks[task].handlers) }
    tasks[task].handlers = .none
  }

  private func obituary(of task: TaskID, _ status: ExitStatus) -> Obituary {
    Obituary(
      pid: tasks[task].pid, comm: tasks[task].comm, parent: tasks[tasks[task].parent].pid, status: status,
      accounting: tasks[task].accounting)
  }

  /// Stores 0 where a task has asked for it, if other tasks can see it.
  ///
  /// - Source: Linux, kernel/fork.c, `mm_release()`.
  /// - Simplified: no futex wakes a task that waits for it.
  private mutating func clearTID(of task: TaskID) {
    let address = tasks[task].clearChildTID
    if address != 0 { _ = tryPutUser(task, 0, .int, at: address) }
  }
}

// What happens to a task's relatives.
extension Kernel {
  /// Tells the relatives of a task that it has ended: its children get another parent, its parent a signal.
  ///
  /// - Source: Linux, kernel/exit.c, `exit_notify()`.
  private mutating func notifyOfExit(_ task: TaskID) {
    reparentChildren(of: task)
    let group = tasks[task].group
    if groups[group].living == 0 {
      wakeOrphans(groups[group].processGroup, left: groups[group].leader, to: tasks[groups[group].leader].parent)
    }
    if task == groups[group].leader {
      if groups[group].threads == 1 { notifyParent(task) }
    } else {
      reap(task)
    }
  }

  /// Sends the parent of a process that has ended the signal for that, and wakes it if it waits for a child.
  ///
  /// If the parent ignores SIGCHLD, or does not want zombies, the process is reaped at once.
  /// - Source: Linux, kernel/signal.c, `do_notify_parent()`.
  private mutating func notifyParent(_ task: TaskID) {
    let parent = tasks[task].parent
    var isReaped = false
    if let signal = tasks[task].exitSignal {
      let action = action(of: parent, for: .SIGCHLD)
      let ignores = signal == .SIGCHLD && action.handler == SignalAction.ignored
      isReaped = ignores || signal == .SIGCHLD && action.flags & SignalFlag.SA_NOCLDWAIT.rawValue != 0
      if !ignores { send(signal, to: parent, .process) }
    }
    let queue = groups[tasks[parent].group].childExit
    if isReaped { reap(task) }
    wakeUp(queue)
  }

  /// Gives the children of an ending task to another: to a thread of the same process, to the nearest subreaper above
  /// it, or to the init of its namespace.
  ///
  /// - Complexity: O(children + ancestors).
  /// - Source: Linux, kernel/exit.c, `forget_original_parent()`.
  private mutating func reparentChildren(of task: TaskID) {
    guard tasks[task].firstChild != .idle else { return }
    let reaper = reaper(for: task)
    let isSameProcess = tasks[reaper].group == tasks[task].group
    while tasks[task].firstChild != .idle {
      let child = tasks[task].firstChild
      disown(child)
      forEachThread(tasks[child].group) { kernel, thread in
        kernel.tasks[thread].parent = reaper
        if let signal = kernel.tasks[thread].parentDeathSignal { kernel.send(signal, to: thread, .process) }
      }
      adopt(child, by: reaper)
      if !isSameProcess { handOver(child, from: task) }
    }
  }

  /// Tells the new parent of an orphan that it has already ended, if it has.
  ///
  /// - Source: Linux, kernel/exit.c, `reparent_leader()`.
  private mutating func handOver(_ child: TaskID, from task: TaskID) {
    tasks[child].exitSignal = .SIGCHLD
    let processGroup = groups[tasks[child].group].processGroup
    wakeOrphans(processGroup, left: .idle, to: task, session: groups[tasks[child].group].session)
    if case .zombie = tasks[child].state, groups[tasks[child].group].threads == 1 { notifyParent(child) }
  }

  /// The task that adopts the children of a task.
  ///
  /// - Source: Linux, kernel/exit.c, `find_new_reaper()`.
  private func reaper(for task: TaskID) -> TaskID {
    let group = tasks[task].group
    if let thread = livingThread(of: group, besides: task) { return thread }
    let namespace = namespace(of: task)
    var ancestor = tasks[groups[group].leader].parent
    while subreapers > 0, ancestor != .initial, ancestor != .idle, self.namespace(of: ancestor) == namespace {
      let candidate = tasks[ancestor].group
      if groups[candidate].isSubreaper, let thread = livingThread(of: candidate) { return thread }
      ancestor = tasks[ancestor].parent
    }
    let initial = pids.task(1, in: namespace) ?? .initial
    return tasks[initial].isAlive && initial != task ? initial : .initial
  }

  /// Whether a process group has no member any more whose parent is in another group of the same session.
  ///
  /// - Parameter ignored: a process that does not count, because it is ending.
  /// - Source: Linux, kernel/exit.c, `will_become_orphaned_pgrp()`.
  func isOrphaned(_ processGroup: PIDHandle, without ignored: TaskID = .idle) -> Bool {
    members(of: processGroup).allSatisfy { member in
      let leader = groups[member].leader
      guard leader != ignored, groups[member].living > 0, tasks[leader].parent != .initial else { return true }
      let parent = tasks[tasks[leader].parent].group
      return groups[parent].processGroup == processGroup || groups[parent].session != groups[member].session
    }
  }

  /// Sends SIGHUP and SIGCONT to a process group that has just been orphaned, if one of its processes is stopped:
  /// otherwise no process would ever continue it.
  ///
  /// - Parameters:
  ///   - leader: the process that is ending; idle if it is its child that has lost a parent.
  ///   - relative: the task that connected the group with the rest of the session.
  /// - Source: Linux, kernel/exit.c, `kill_orphaned_pgrp()`.
  private mutating func wakeOrphans(
    _ processGroup: PIDHandle, left leader: TaskID, to relative: TaskID, session: PIDHandle? = nil
  ) {
    let other = tasks[relative].group
    let session = session ?? groups[tasks[leader].group].session
    guard groups[other].processGroup != processGroup, groups[other].session == session else { return }
    let members = members(of: processGroup)
    guard members.contains(where: { groups[$0].stop.isStopped }), isOrphaned(processGroup, without: leader) else {
      return
    }
    for signal in [Signal.SIGHUP, .SIGCONT] {
      for member in members { send(signal, to: groups[member].leader, .process, isForced: true) }
    }
  }
}
