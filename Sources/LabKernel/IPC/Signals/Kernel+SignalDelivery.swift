// What happens to a task that has signals to look at, when it is about to return to its program.

extension Kernel {
  /// Sees to everything that a task has to do before it returns to its program: ends it, stops it, handles its signals.
  ///
  /// Afterwards the task may no longer be the one that runs.
  /// - Source: Linux, kernel/entry/common.c, `exit_to_user_mode_loop()`; kernel/signal.c, `get_signal()`.
  mutating func seeToWork(of task: TaskID) {
    let group = tasks[task].group
    if tasks[task].work.contains(.exiting), let status = groups[group].groupExit {
      exit(task, status)
      return
    }
    tellParent(of: group)
    while true {
      if let status = groups[group].groupExit {
        exit(task, status)
        return
      }
      if tasks[task].work.contains(.stop) { return stop(task) }
      guard let signal = nextSignal(of: task) else { break }
      if !handle(signal, by: task) { return }
    }
    tasks[task].work.remove(.signal)
    guard tasks[task].work.contains(.interrupted) else { return }
    tasks[task].work.remove(.interrupted)
    tasks[task].wakeReason = nil
  }

  /// Handles one signal, and returns whether the task goes on.
  private mutating func handle(_ signal: Signal, by task: TaskID) -> Bool {
    let group = tasks[task].group
    let action = action(of: task, for: signal)
    log(tasks[task].cpu, .signalDeliver(tasks[task].pid, signal))
    if action.handler == SignalAction.ignored { return true }
    switch signal.defaultAction {
    case .ignore, .resume: return true
    case .stop:
      if signal != .SIGSTOP, isOrphaned(groups[group].processGroup) { return true }
      beginStop(of: group, by: task, signal)
      stop(task)
    case .terminate: exitGroup(task, .signaled(signal))
    }
    return false
  }

  /// The next signal that a task handles, which is no longer pending: its own first, then those of the process.
  ///
  /// - Source: Linux, kernel/signal.c, `dequeue_signal()`.
  private mutating func nextSignal(of task: TaskID) -> Signal? {
    let group = tasks[task].group
    if let own = tasks[task].pending.subtracting(tasks[task].blocked).first {
      tasks[task].pending.remove(own)
      return own
    }
    guard let shared = groups[group].pending.subtracting(tasks[task].blocked).first else { return nil }
    groups[group].pending.remove(shared)
    return shared
  }

  /// Whether a task has a signal to handle.
  func hasSignal(_ task: TaskID) -> Bool {
    let pending = tasks[task].pending.union(groups[tasks[task].group].pending)
    return !pending.subtracting(tasks[task].blocked).isEmpty || groups[tasks[task].group].groupExit != nil
      || tasks[task].work.contains(.stop)
  }

  /// Notes again whether a task has a signal to handle, after its blocked signals have changed.
  ///
  /// - Source: Linux, kernel/signal.c, `recalc_sigpending()`.
  mutating func recalculateSignals(of task: TaskID) {
    if hasSignal(task) { tasks[task].work.insert(.signal) } else { tasks[task].work.remove(.signal) }
  }

  /// Has every thread of a process stop.
  ///
  /// - Source: Linux, kernel/signal.c, `do_signal_stop()`.
  private mutating func beginStop(of group: ThreadGroupID, by task: TaskID, _ signal: Signal) {
    if !groups[group].stop.isStopped { groups[group].stop.unreported = signal }
    groups[group].stop.isContinued = false
    groups[group].stop.outstanding = 0
    forEachThread(group) { kernel, thread in
      guard kernel.tasks[thread].isAlive, kernel.tasks[thread].state != .stopped else { return }
      kernel.tasks[thread].work.insert(.stop)
      kernel.groups[group].stop.outstanding += 1
      if thread != task { kernel.wakeForSignal(thread, isFatal: false) }
    }
  }

  /// Stops a task.
  private mutating func stop(_ task: TaskID) {
    deactivate(task, as: .stopped)
    leaveStop(task)
  }

  /// Counts a thread as stopped, because it has stopped or is ending; with the last one, the process is stopped.
  ///
  /// - Source: Linux, kernel/signal.c, `task_participate_group_stop()`.
  mutating func leaveStop(_ task: TaskID) {
    guard tasks[task].work.contains(.stop) else { return }
    let group = tasks[task].group
    tasks[task].work.remove(.stop)
    groups[group].stop.outstanding -= 1
    guard groups[group].stop.outstanding == 0, tasks[task].state == .stopped || groups[group].living > 1 else { return }
    groups[group].stop.isStopped = true
    groups[group].stop.notice = .CLD_STOPPED
    tellParent(of: group)
  }

  /// Has the other threads of a process look at the signals that one which has ended leaves unhandled.
  ///
  /// - Source: Linux, kernel/signal.c, `retarget_shared_pending()`.
  mutating func passOnSignals(of task: TaskID) {
    let group = tasks[task].group
    guard groups[group].living > 0, !groups[group].pending.isEmpty else { return }
    forEachThread(group) { kernel, thread in
      if kernel.tasks[thread].isAlive, kernel.hasSignal(thread) { kernel.wakeForSignal(thread, isFatal: false) }
    }
  }

  /// Tells the parent of a process that it has stopped or continued, if that has not been done.
  ///
  /// - Source: Linux, kernel/signal.c, `do_notify_parent_cldstop()`.
  private mutating func tellParent(of group: ThreadGroupID) {
    guard groups[group].stop.notice != nil else { return }
    groups[group].stop.notice = nil
    let parent = tasks[groups[group].leader].parent
    guard parent != .idle else { return }
    let action = action(of: parent, for: .SIGCHLD)
    if action.handler != SignalAction.ignored, action.flags & SignalFlag.SA_NOCLDSTOP.rawValue == 0 {
      send(.SIGCHLD, to: parent, .process)
    }
    wakeUp(groups[tasks[parent].group].childExit)
  }
}
