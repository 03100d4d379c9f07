import LabKernel

/// The real-time tasks of one CPU: a queue for each of 100 levels, and a bitmap of the levels that have a task.
///
/// ```
/// priority 99  level  0   -
///          70  level 29   B            the bitmap has bits 29 and 49:
///          50  level 49   A C          B runs, then A, then C
/// ```
///
/// Invariant: bit k of the bitmap is set if and only if `queue[k]` has a task. The running task is in its queue too.
///
/// - Complexity: O(1), except for removing a task from the middle of its queue.
/// - Source: Linux, kernel/sched/rt.c, `struct rt_prio_array`, `pick_next_rt_entity()` and `task_tick_rt()`.
/// - Simplified: no groups, no bandwidth control, no pushing of tasks to other CPUs.
struct RealtimeScheduler: SchedulingClass {
  // a `TaskQueue` for each level, and the bitmap: 100 bits do not fit into one `UInt64`

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    todo("put the task into the queue of its level, at the requested end")
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    todo("remove the task from the queue of its level")
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    todo("find the most urgent level that has a task: the task at its head runs next, and stays there")
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    todo("send the task to the tail of its level")
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    todo("count down the slice of a round-robin task; when it is used up, refill it and let the task's equals run")
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    todo("return whether the task is more urgent than the running task")
  }
}

// the bitmap, as a type of its own if you like: insert a level, remove it, find the first level
