/// What a scheduling class is told with each call: the time, the CPU, and how the tasks are scheduled.
///
/// ```swift
/// context.now                     // the instant of the call
/// context[task].priority          // the entity of a task
/// context[task].timeSlice -= 1
/// ```
/// - Source: Linux, kernel/sched/sched.h, what a class finds in `struct rq`: `rq_clock()`, `cpu`, `curr`.
public struct SchedulingContext: Sendable {
  /// The current instant.
  public package(set) var now: Instant = .zero
  /// The CPU whose run queue the call is about.
  public package(set) var cpu: CPUID = 0
  /// The task that has this CPU; ``TaskID/idle`` if none does.
  public package(set) var current: TaskID = .idle
  /// The entities of all tasks.
  package var entities = EntityTable()

  /// A context at the start of time, without tasks.
  package init() {}

  /// The entity of a task: what the classes know about it.
  public subscript(_ task: TaskID) -> SchedulingEntity {
    _read { yield entities[task] }
    _modify { yield &entities[task] }
  }

  /// The pid of a task, for messages.
  public func pid(of task: TaskID) -> PID { entities.pid(of: task) }
}
