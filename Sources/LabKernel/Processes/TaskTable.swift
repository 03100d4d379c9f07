/// All tasks, one row each.
///
/// Row 0 is the idle task, row 1 is init. The rows of dead tasks are used again, the last freed first.
/// - Source: Linux keeps a list of all tasks and finds them by pid in a radix tree (kernel/pid.c).
public struct TaskTable: Sendable {
  private var rows: ContiguousArray<Task> = []
  private var free: [TaskID] = []
  /// The dead tasks whose rows are not free yet.
  private var doomed: [TaskID] = []

  /// A table without tasks.
  init() {}

  /// How many rows there are, including those of dead tasks.
  public var count: Int { rows.count }
  /// How many rows are in use.
  public var living: Int { rows.count - free.count }
  /// The numbers of all rows.
  public var indices: Range<Int> { rows.indices }

  /// The task in a row.
  public internal(set) subscript(_ id: TaskID) -> Task {
    _read { yield rows[id.index] }
    _modify { yield &rows[id.index] }
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

  /// Gives back the row of a dead task, once no CPU has it as its current task: at the next ``buryTheDead()``.
  mutating func remove(_ id: TaskID) {
    precondition(rows[id.index].state == .dead, "only the dead are removed")
    doomed.append(id)
  }

  /// Frees the rows that were removed.
  @inline(__always)
  mutating func buryTheDead() {
    while let id = doomed.popLast() { free.append(id) }
  }
}
