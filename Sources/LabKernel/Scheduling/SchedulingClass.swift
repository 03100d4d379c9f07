/// A scheduling policy for one CPU: the run queue of the tasks that it serves, and which of them is next.
///
/// From `enqueue` to `dequeue` a task belongs to the queue, *even while it runs*: `pickNext` chooses a task and does
/// not remove it. The kernel asks the classes in order of rank (real-time, then the ordinary one); the first that has a
/// task wins.
///
/// Each call comes with a ``SchedulingContext``: the instant, the CPU, and what the classes know about each task. Of a
/// task, a class changes only its ``SchedulingEntity/timeSlice`` and ``SchedulingEntity/level``. It cannot reach the
/// tasks themselves.
///
/// - Source: Linux, kernel/sched/sched.h, `struct sched_class`.
/// - Simplified: no group scheduling, no bandwidth control; the kernel, not the class, chooses the CPU.
public protocol SchedulingClass: Sendable {
  /// A queue without tasks.
  init()

  /// `task` has become runnable here, for a reason.
  ///
  /// - Source: `enqueue_task`.
  mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext)

  /// `task`, which was enqueued, is no longer runnable here; it may be the running task.
  ///
  /// When its priority is about to change, its entity still has the old one.
  /// - Source: `dequeue_task`.
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext)

  /// Chooses the task that should run now; nil if none is enqueued.
  ///
  /// - Source: `pick_task`; before Linux 6.12 `pick_next_task`.
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID?

  /// `task`, which is running, gives up its turn and stays runnable.
  ///
  /// - Source: `yield_task`; sched_yield(2).
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext)

  /// The timer interrupt, once a tick, while `task` runs.
  ///
  /// - Returns: whether the CPU should choose again.
  /// - Source: `task_tick`.
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool

  /// Whether `task`, which has just been enqueued, should take the CPU from `running`, of the same class, at once.
  ///
  /// - Source: `wakeup_preempt`, formerly `check_preempt_curr`.
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool

  /// `task` has had the CPU for `time` since it was last charged.
  ///
  /// The running task is charged before any other call at a later instant, so a class that decides by time finds its
  /// accounts complete. A class that does not need them leaves this call out.
  /// - Source: `update_curr`.
  mutating func charge(_ task: TaskID, _ time: Duration, in context: inout SchedulingContext)
}

extension SchedulingClass {
  /// Keeps no account of time.
  public mutating func charge(_ task: TaskID, _ time: Duration, in context: inout SchedulingContext) {}
}

/// Why a task is enqueued.
///
/// - Source: Linux, kernel/sched/sched.h, `ENQUEUE_INITIAL`, `ENQUEUE_WAKEUP`, `ENQUEUE_MIGRATED`, `ENQUEUE_RESTORE`.
public enum EnqueueReason: String, Sendable {
  /// It has just begun.
  case new
  /// It has woken up on the CPU on which it fell asleep.
  case woken
  /// It has woken up here, after it fell asleep on another CPU.
  case moved
  /// It was runnable all along; its priority or its policy has changed.
  case changed
}

/// The end of a queue at which a task is inserted.
public enum QueueEnd: String, Sendable, Codable {
  /// Before all others.
  case head
  /// Behind all others.
  case tail
}

/// The order in which the kernel asks its scheduling classes.
///
/// - Source: Linux, kernel/sched/sched.h, `for_each_class()`: the order of the classes in memory.
package enum SchedulingRank: Int, Sendable, CaseIterable {
  /// SCHED_FIFO and SCHED_RR, and ordinary tasks with a real-time priority that they inherit through a mutex.
  case realtime
  /// All others.
  case fair

  /// The class that serves tasks of this priority.
  ///
  /// - Source: Linux, kernel/sched/core.c, `__setscheduler_class()`.
  init(priority: Int) { self = priority < realtimePriorityLevels ? .realtime : .fair }
}
