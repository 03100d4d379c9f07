/// A task that sleeps, and which tasks could end its sleep.
///
/// If a run has ended because nothing will ever happen again, the task sleeps forever.
public struct Sleeper: Sendable, Equatable, Codable {
  /// Its pid.
  public let pid: PID
  /// Its name.
  public let name: String
  /// The call in which it sleeps, as scripts write it: "read".
  public let call: String
  /// The tasks that could wake it, oldest first; empty for a sleep of limited length.
  public let wakers: [PID]
  /// What one of them would have to do, beginning with a verb: "writes to the pipe"; empty for a sleep of limited
  /// length.
  public let remedy: String
}

extension Kernel {
  /// All tasks that sleep or are stopped, except init, in the order of their creation.
  public var sleepers: [Sleeper] {
    let asleep = tasks.indices.dropFirst(2).compactMap { index -> Sleeper? in
      let task = tasks[TaskID(index)]
      guard task.state.isAsleep || task.state == .stopped else { return nil }
      let (call, wakers, remedy) = reason(of: task)
      return Sleeper(
        pid: task.pid, name: task.name, call: call, wakers: wakers.map { tasks[$0].pid }.sorted(),
        remedy: remedy)
    }
    return asleep.sorted { $0.pid < $1.pid }
  }

  /// What a sleeping task waits for; no other place interprets its wait queue.
  private func reason(of task: Task) -> (call: String, wakers: [TaskID], remedy: String) {
    if task.state == .stopped { return ("stopped", [], "sends SIGCONT") }
    if task.vforkChild != .idle { return ("vfork", [task.vforkChild], "ends") }
    return switch awaited(by: task.id) {
    case nil: ("sleep", [], "")
    case .children: ("wait", children(of: task), "ends")
    case .pipe(let pipe, .read): ("read", holders(of: .write, of: pipe), "writes to the pipe")
    case .pipe(let pipe, .write): ("write", holders(of: .read, of: pipe), "reads from the pipe")
    case .futex: ("futex", sharers(of: task.memory, except: task.id), "wakes it")
    case .mutex(let mutex): ("lock", owner(of: mutex).map { [$0] } ?? [], "unlocks \(name(of: mutex))")
    }
  }

  private func sharers(of map: MemoryMapID, except sleeper: TaskID) -> [TaskID] {
    tasks.indices.map(TaskID.init).filter { tasks[$0].memory == map && map != .none && $0 != sleeper }
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
