// A pid namespace ends with its init.

extension Kernel {
  /// Whether the end of a task has to wait until every other task of its namespace has ended, because the task is the
  /// namespace's init; then they have been killed, and the task sleeps.
  ///
  /// - Source: Linux, kernel/pid_namespace.c, `zap_pid_ns_processes()`.
  mutating func waitsForNamespace(_ task: TaskID, _ status: ExitStatus) -> Bool {
    let namespace = namespace(of: task)
    let group = tasks[task].group
    let leader = groups[group].leader
    guard namespace != PIDTable.outermost,
      pids.allocator.number(of: tasks[leader].identity, in: namespace) == 1
    else { return false }
    if !tasks[task].work.contains(.exiting) { clearNamespace(namespace, for: task) }
    reapZombies(of: task)
    guard pids.allocator.count(in: namespace) > Int(groups[group].threads) else { return false }
    groups[group].groupExit = status
    tasks[task].work.insert(.exiting)
    sleep(task, on: queueForChildren(of: group), until: nil, as: .uninterruptible)
    return true
  }

  /// Closes a namespace, and kills every task in it but its init.
  private mutating func clearNamespace(_ namespace: PIDNamespaceID, for task: TaskID) {
    pids.withAllocator { $0.close(namespace) }
    setAction(of: task, for: .SIGCHLD, SignalAction(handler: SignalAction.ignored))
    var number = 2
    while let (found, other) = pids.task(atOrAbove: number, in: namespace) {
      number = found + 1
      if tasks[other].isAlive, tasks[other].group != tasks[task].group {
        send(.SIGKILL, to: other, .process, isForced: true)
      }
    }
  }

  private mutating func reapZombies(of task: TaskID) {
    var child = tasks[task].firstChild
    while child != .idle {
      let next = tasks[child].nextSibling
      if case .zombie = tasks[child].state, groups[tasks[child].group].threads == 1 { reap(child) }
      child = next
    }
  }
}
