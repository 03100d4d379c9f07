import LabKernel

/// The real-time tasks of one CPU: a queue for each of 100 levels, and a bitmap of the levels that have anyone.
///
/// ```
/// priority 99  level  0   -
///          70  level 29   B            the bitmap has bits 29 and 49:
///          50  level 49   A C          B runs, and after it A, then C
/// ```
///
/// Invariant: bit k of the bitmap is set exactly if `queue[k]` has anyone. The task that runs is in its queue too.
///
/// - Complexity: O(1), but for taking a task out of the middle of its queue.
/// - Source: Linux, kernel/sched/rt.c, `struct rt_prio_array`, `pick_next_rt_entity()` and `task_tick_rt()`.
/// - Simplified: no groups, no bandwidth control, no pushing of tasks to other CPUs.
struct RealtimeScheduler: SchedulingClass {
  // a `TaskQueue` for each level, and the bitmap: 100 bits do not fit into one `UInt64`

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    todo("put the task into the queue of its level, at the end that is asked for")
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    todo("take the task out of the queue of its level")
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    todo("find the most urgent level that has anyone: the task at its head is next, and stays there")
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    todo("send the task behind its equals")
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    todo("count the slice of a round-robin task down; when it is used up, refill it and let its equals go on")
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    todo("say whether the task is more urgent than the one that runs")
  }
}

// the bitmap, as a type of its own if you like: insert a level, remove it, find the first
