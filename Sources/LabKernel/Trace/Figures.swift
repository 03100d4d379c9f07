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
      TaskFigures(pid: $0.pid, name: name(of: $0.pid), accounting: $0.accounting, status: $0.status)
    }
    for index in tasks.indices.dropFirst(2) where tasks[TaskID(index)].isAlive {
      let task = tasks[TaskID(index)]
      all.append(TaskFigures(pid: task.pid, name: name(of: task.pid), accounting: upToNow(task), status: nil))
    }
    return all.sorted { $0.pid < $1.pid }
  }

  /// The accounts of a living task, including what it is doing now, up to now.
  private func upToNow(_ task: Task) -> Accounting {
    var accounting = task.accounting
    switch task.state {
    case .running(let cpu): accounting.run += max(.zero, now - cpus[cpu.index].since)
    case .runnable: accounting.wait += now - accounting.runnableSince
    case .interruptible, .zombie, .dead: break
    }
    return accounting
  }
}

extension Task {
  /// Whether it has not ended.
  var isAlive: Bool {
    switch state {
    case .runnable, .running, .interruptible: true
    case .zombie, .dead: false
    }
  }
}
