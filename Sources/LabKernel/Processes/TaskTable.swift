/// All tasks, one row each.
///
/// Row 0 is the idle task, row 1 is init. The row of a task that is gone is used again, newest first.
/// - Source: Linux keeps a list of all tasks and finds them by pid in a radix tree (kernel/pid.c).
public struct TaskTable: Sendable {
  private var rows: ContiguousArray<Task> = []
  private var free: [TaskID] = []
  private var displaced: [Displaced] = []

  /// A table without tasks.
  package init() {}

  /// A task whose priority was set, and that is still queued by the one before.
  package struct Displaced: Sendable {
    /// The task.
    package let task: TaskID
    let from: Int
  }

  /// How many rows there are, those of the dead included.
  public var count: Int { rows.count }
  /// How many rows are in use.
  public var living: Int { rows.count - free.count }
  /// Every row's name.
  public var indices: Range<Int> { rows.indices }

  /// The task in a row.
  public subscript(_ id: TaskID) -> Task {
    _read { yield rows[id.index] }
    _modify { yield &rows[id.index] }
  }

  /// Sets how urgent a task is; less is more urgent.
  ///
  /// The kernel then moves the task to where it belongs in its run queue.
  /// - Source: Linux, kernel/sched/core.c, `rt_mutex_setprio()`.
  public mutating func setPriority(of task: TaskID, to priority: Int) {
    precondition(
      priorityRange.contains(priority), "a priority is \(priorityRange.lowerBound) to \(priorityRange.upperBound)")
    if !displaced.contains(where: { $0.task == task }) {
      displaced.append(Displaced(task: task, from: rows[task.index].scheduling.priority))
    }
    rows[task.index].scheduling.priority = priority
  }

  /// The tasks that are queued by a priority that is no longer theirs, each once; from here on nobody is.
  package mutating func takeDisplaced() -> [Displaced] {
    defer { displaced.removeAll(keepingCapacity: true) }
    return displaced
  }

  /// Whether `id` names a row.
  package func contains(_ id: TaskID) -> Bool { rows.indices.contains(id.index) }

  /// Puts a task into a free row, or a new one; `make` is told which.
  mutating func insert(_ make: (TaskID) -> Task) -> TaskID {
    if let id = free.popLast() {
      let lastSleep = rows[id.index].sleep.number
      rows[id.index] = make(id)
      rows[id.index].sleep.number = lastSleep &+ 1
      return id
    }
    let id = TaskID(rows.count)
    rows.append(make(id))
    return id
  }

  /// Adds a task that no kernel runs, for a component that needs no more of a kernel than its tasks.
  package mutating func add(_ entity: SchedulingEntity) -> TaskID {
    insert { id in
      Task(
        id: id, pid: PID(id.raw), parent: .initial, scheduling: entity, cpu: 0,
        engine: .kernelThread,
        accounting: Accounting(created: .zero))
    }
  }

  /// Gives the row of a dead task back.
  mutating func remove(_ id: TaskID) {
    precondition(rows[id.index].state == .dead, "only the dead are removed")
    free.append(id)
  }
}
