/// Where the time of one task went, as it is printed below a timeline.
public struct TaskFigures: Codable, Sendable, Equatable {
  /// Its pid.
  public let pid: PID
  /// Its name.
  public let name: String
  /// Where its time went.
  public let accounting: Accounting
  /// How it ended, or nil if it has not.
  public let status: ExitStatus?
}

extension Kernel {
  /// The figures of all tasks that were ever started, in the order of their creation.
  public var figures: [TaskFigures] {
    var all = obituaries.map {
      TaskFigures(pid: $0.pid, name: $0.name, accounting: $0.accounting, status: $0.status)
    }
    for index in tasks.indices.dropFirst(2) where tasks[TaskID(index)].isAlive {
      let task = tasks[TaskID(index)]
      all.append(TaskFigures(pid: task.pid, name: task.name, accounting: upToNow(task), status: nil))
    }
    return all.sorted { ($0.accounting.created, $0.pid) < ($1.accounting.created, $1.pid) }
  }

  /// The accounts of a living task, including what it is doing now, up to now.
  private func upToNow(_ task: Task) -> Accounting {
    var accounting = task.accounting
    switch task.state {
    case .running(let cpu): accounting.run += max(.zero, now - cpus[cpu.index].since)
    case .runnable: accounting.wait += now - accounting.runnableSince
    case .interruptible, .uninterruptible, .killable, .stopped, .zombie, .dead: break
    }
    return accounting
  }
}

extension Task {
  /// Whether it has not ended.
  var isAlive: Bool {
    switch state {
    case .runnable, .running, .interruptible, .uninterruptible, .killable, .stopped: true
    case .zombie, .dead: false
    }
  }
}

extension Kernel {
  /// The names of the tasks, by pid; of two tasks that had the same, that of the later one.
  ///
  /// - Complexity: O(tasks + obituaries).
  var namesByPID: [String] {
    let ended = obituaries.map { ($0.pid, $0.name) }
    let known = ended + tasks.indices.map { tasks[TaskID($0)] }.filter { $0.state != .dead }.map { ($0.pid, $0.name) }
    var names = Array(repeating: "", count: Int(known.map(\.0).max() ?? 0) + 1)
    for (pid, name) in known { names[Int(pid)] = name }
    return names
  }
}
