// How a signal is sent: it becomes pending, and its receiver is woken if the signal is worth it.
//
// What the signal does happens when its receiver next returns to its program: see `Kernel+SignalDelivery.swift`.

/// To which of the threads of a process a signal goes.
///
/// - Source: Linux, include/linux/pid.h, `PIDTYPE_PID` and `PIDTYPE_TGID`.
enum SignalScope: Sendable {
  /// To one thread.
  case thread
  /// To any thread that does not block it.
  case process
}

extension Kernel {
  /// Sends a signal, unless the receiver ignores it.
  ///
  /// A signal that is already pending is not sent again. One that continues the process does that at once, whether or
  /// not it is blocked or ignored.
  /// - Parameter isForced: whether it can end even an init; the kernel itself, and a namespace around that of the init,
  ///   send such signals.
  /// - Source: Linux, kernel/signal.c, `__send_signal_locked()`.
  mutating func send(_ signal: Signal, to task: TaskID, _ scope: SignalScope, isForced: Bool = false) {
    guard tasks[task].isAlive || scope == .process else { return }
    let group = tasks[task].group
    prepare(signal, for: group)
    guard !ignores(task, signal, isForced: isForced), groups[group].living > 0 else { return }
    switch scope {
    case .thread:
      guard !tasks[task].pending.contains(signal) else { return }
      tasks[task].pending.insert(signal)
    case .process:
      guard !groups[group].pending.contains(signal) else { return }
      groups[group].pending.insert(signal)
    }
    log(tasks[task].cpu, .signalGenerate(tasks[task].pid, signal))
    complete(signal, for: task, scope)
  }

  /// Does what a signal that stops or continues a process does at once: each cancels the other.
  ///
  /// - Source: Linux, kernel/signal.c, `prepare_signal()`.
  private mutating func prepare(_ signal: Signal, for group: ThreadGroupID) {
    if SignalSet.stopping.contains(signal) {
      forget([.SIGCONT], in: group)
    } else if signal == .SIGCONT {
      forget(.stopping, in: group)
      resume(group)
    }
  }

  private mutating func forget(_ signals: SignalSet, in group: ThreadGroupID) {
    groups[group].pending = groups[group].pending.subtracting(signals)
    forEachThread(group) { kernel, thread in
      kernel.tasks[thread].pending = kernel.tasks[thread].pending.subtracting(signals)
    }
  }

  /// Wakes the stopped threads of a process; its parent will be told.
  private mutating func resume(_ group: ThreadGroupID) {
    let stop = groups[group].stop
    if stop.isStopped || stop.outstanding > 0 {
      groups[group].stop = GroupStop()
      groups[group].stop.isContinued = true
      groups[group].stop.notice = stop.isStopped ? .CLD_CONTINUED : .CLD_STOPPED
    }
    forEachThread(group) { kernel, thread in
      kernel.tasks[thread].work.remove(.stop)
      if kernel.tasks[thread].state == .stopped { kernel.wakeUp(thread) }
    }
  }

  /// Whether a signal would do nothing if it were delivered now; one that is blocked might still do something later.
  ///
  /// - Source: Linux, kernel/signal.c, `sig_ignored()`.
  private func ignores(_ task: TaskID, _ signal: Signal, isForced: Bool) -> Bool {
    if tasks[task].engine.program == nil { return true }
    if tasks[task].blocked.contains(signal) { return false }
    let action = action(of: task, for: signal)
    if action.handler == SignalAction.ignored { return true }
    guard action.handler == SignalAction.byDefault else { return false }
    if groups[tasks[task].group].isUnkillable, !(isForced && signal.isUnblockable) { return true }
    return signal.defaultAction == .ignore || signal.defaultAction == .resume
  }

  /// Finds the thread that will handle a signal, and wakes it; a signal that is sure to end the process wakes all.
  ///
  /// - Source: Linux, kernel/signal.c, `complete_signal()`.
  private mutating func complete(_ signal: Signal, for task: TaskID, _ scope: SignalScope) {
    let group = tasks[task].group
    guard let thread = receiver(of: signal, task, scope) else { return }
    if signal.endsAtOnce, action(of: thread, for: signal).handler == SignalAction.byDefault,
      groups[group].groupExit == nil
    {
      groups[group].groupExit = .signaled(signal)
      killThreads(of: group, besides: .idle)
    } else {
      wakeForSignal(thread, isFatal: signal == .SIGKILL)
    }
  }

  private func receiver(of signal: Signal, _ task: TaskID, _ scope: SignalScope) -> TaskID? {
    if wants(task, signal) { return task }
    guard scope == .process else { return nil }
    var thread = groups[tasks[task].group].leader
    while thread != .idle {
      if wants(thread, signal) { return thread }
      thread = tasks[thread].nextThread
    }
    return nil
  }

  /// - Source: Linux, kernel/signal.c, `wants_signal()`.
  /// - Simplified: a thread that has another signal pending may be chosen before one that has none.
  private func wants(_ task: TaskID, _ signal: Signal) -> Bool {
    guard tasks[task].isAlive, !tasks[task].work.contains(.exiting) else { return false }
    if signal == .SIGKILL { return true }
    return !tasks[task].blocked.contains(signal) && tasks[task].state != .stopped
  }

  /// Has a task look at its signals: one that sleeps interruptibly wakes up for that; one that is stopped, or sleeps
  /// killably, only for a signal that ends it.
  ///
  /// - Source: Linux, kernel/signal.c, `signal_wake_up_state()`.
  mutating func wakeForSignal(_ task: TaskID, isFatal: Bool) {
    tasks[task].work.insert(.signal)
    switch tasks[task].state {
    case .interruptible: cutShort(task, .signal)
    case .killable: if isFatal { cutShort(task, .signal) }
    case .stopped: if isFatal { wakeUp(task) }
    case .running(let cpu): if task != current { reschedule.insert(cpu) }
    case .runnable, .uninterruptible, .zombie, .dead: break
    }
  }

  /// What a process wants to happen at a signal.
  func action(of task: TaskID, for signal: Signal) -> SignalAction {
    let handlers = tasks[task].handlers
    return handlers == .none ? SignalAction() : signalHandlers[handlers]?[signal] ?? SignalAction()
  }

  /// Sets what a process wants to happen at a signal.
  mutating func setAction(of task: TaskID, for signal: Signal, _ action: SignalAction) {
    signalHandlers[makeHandlers(of: task)]?[signal] = action
  }

  /// The table of a task's handlers, which is made if all actions have been the default ones.
  mutating func makeHandlers(of task: TaskID) -> SignalHandlersID {
    if tasks[task].handlers == .none { tasks[task].handlers = signalHandlers.insert(SignalHandlers()) }
    return tasks[task].handlers
  }
}

extension Signal {
  /// Whether its default action is decided when it is sent: the process ends, and no core would be dumped.
  ///
  /// - Source: Linux, kernel/signal.c, `sig_fatal()` without `sig_kernel_coredump()`.
  fileprivate var endsAtOnce: Bool {
    switch self {
    case .SIGQUIT, .SIGILL, .SIGTRAP, .SIGABRT, .SIGFPE, .SIGSEGV, .SIGBUS, .SIGSYS, .SIGXCPU, .SIGXFSZ: false
    default: defaultAction == .terminate
    }
  }
}
