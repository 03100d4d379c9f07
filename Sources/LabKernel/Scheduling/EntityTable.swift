/// The scheduling entities of all tasks, each in the row of its task.
///
/// It is a table of its own so that classes and protocols see how a task is scheduled, and nothing else about it.
/// - Source: Linux has `struct sched_entity se` in each `struct task_struct`, include/linux/sched.h.
public struct EntityTable: Sendable {
  private var rows: ContiguousArray<SchedulingEntity> = []
  private var pids: ContiguousArray<PID> = []
  private var displaced: [Displaced] = []

  /// A table without tasks.
  package init() {}

  /// A task whose priority was set, and that is still queued by its former priority.
  package struct Displaced: Sendable {
    /// The task.
    package let task: TaskID
    let from: Int
  }

  /// How many rows there are, including those of dead tasks.
  public var count: Int { rows.count }

  /// The entity of a task.
  public subscript(_ task: TaskID) -> SchedulingEntity {
    _read { yield rows[task.index] }
    _modify { yield &rows[task.index] }
  }

  /// The pid of a task, for messages.
  public func pid(of task: TaskID) -> PID { pids[task.index] }

  /// Sets how urgent a task is; less is more urgent.
  ///
  /// The kernel then moves the task to its new place in its run queue.
  /// - Source: Linux, kernel/sched/core.c, `rt_mutex_setprio()`.
  public mutating func setPriority(of task: TaskID, to priority: Int) {
    precondition(
      priorityRange.contains(priority), "a priority is \(priorityRange.lowerBound) to \(priorityRange.upperBound)")
    if !displaced.contains(where: { $0.task == task }) {
      displaced.append(Displaced(task: task, from: rows[task.index].priority))
    }
    rows[task.index].priority = priority
  }

  /// Removes and returns the tasks that are still queued by a former priority, each once.
  package mutating func takeDisplaced() -> [Displaced] {
    defer { displaced.removeAll(keepingCapacity: true) }
    return displaced
  }

  /// The rules that are broken, in sentences.
  func brokenInvariants() -> [String] {
    rows.indices.filter { rows[$0].priority > rows[$0].normalPriority }
      .map { "pid \(pids[$0]) is less urgent than it asked to be" }
  }

  /// Puts the entity of a new task into the row of the task, which is one that the table has or the next one.
  package mutating func insert(_ entity: SchedulingEntity, pid: PID, at task: TaskID) {
    if task.index == rows.count {
      rows.append(entity)
      pids.append(pid)
    } else {
      rows[task.index] = entity
      pids[task.index] = pid
    }
  }
}
