/// A task that sleeps, and who could end its sleep.
///
/// Where a run has come to its end because nothing will ever happen again, it sleeps for ever.
public struct Sleeper: Sendable, Equatable {
  /// Its pid.
  public let pid: PID
  /// What it is called.
  public let name: String
  /// What it waits for.
  public let reason: WaitReason
  /// Whose end, or whose call on the pipe or the mutex, would wake it, in the order of their birth; nobody for a sleep of some length.
  public let wakers: [PID]
}

extension Kernel {
  /// All tasks that sleep, init aside, in the order of their birth.
  public var sleepers: [Sleeper] {
    let asleep = tasks.indices.dropFirst(2).compactMap { index -> Sleeper? in
      let task = tasks[TaskID(index)]
      guard case .interruptible(let reason) = task.state else { return nil }
      let wakers = wakers(of: task, reason).map { tasks[$0].pid }.sorted()
      return Sleeper(pid: task.pid, name: name(of: task.pid), reason: reason, wakers: wakers)
    }
    return asleep.sorted { $0.pid < $1.pid }
  }

  private func wakers(of task: Task, _ reason: WaitReason) -> [TaskID] {
    switch reason {
    case .timer: []
    case .childExit: children(of: task)
    case .pipe(let pipe, .read): holders(of: .write, of: pipe)
    case .pipe(let pipe, .write): holders(of: .read, of: pipe)
    case .mutex(let mutex): owner(of: mutex).map { [$0] } ?? []
    }
  }

  private func children(of task: Task) -> [TaskID] {
    var children: [TaskID] = []
    var child = task.firstChild
    while child != .idle {
      children.append(child)
      child = tasks[child].nextSibling
    }
    return children
  }

  /// The tasks that have an end of a pipe open.
  private func holders(of end: PipeEnd, of pipe: PipeID) -> [TaskID] {
    tasks.indices.map(TaskID.init).filter { id in
      let table = tasks[id].files
      return files.descriptors(of: table).contains { descriptor in
        files.file(descriptor, in: table)?.object == .pipe(pipe, end)
      }
    }
  }
}
