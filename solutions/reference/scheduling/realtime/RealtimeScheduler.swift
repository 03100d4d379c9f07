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
  // lab:begin declare: a `TaskQueue` for each level, and the bitmap: 100 bits do not fit into one `UInt64`
  private var queue = Array(repeating: TaskQueue(), count: realtimePriorityLevels)
  private var bitmap = PriorityBitmap()
  // lab:end

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    // lab:begin put the task into the queue of its level, at the requested end
    let level = context[task].priority
    queue[level].insert(task, at: end)
    bitmap.insert(level)
    // lab:end
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    // lab:begin remove the task from the queue of its level
    let level = context[task].priority
    queue[level].remove(task)
    if queue[level].isEmpty { bitmap.remove(level) }
    // lab:end
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    // lab:begin find the most urgent level that has a task: the task at its head runs next, and stays there
    guard let level = bitmap.first else { return nil }
    return queue[level].first
    // lab:end
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    // lab:begin send the task to the tail of its level
    queue[context[task].priority].rotate(task)
    // lab:end
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    // lab:begin count down the slice of a round-robin task; when it is used up, refill it and let the task's equals run
    guard context[task].policy == .roundRobin else { return false }
    var slice = context[task].timeSlice - 1
    let isUsedUp = slice <= 0
    if isUsedUp { slice = context[task].fullTimeSlice }
    context[task].timeSlice = slice
    let level = context[task].priority
    guard isUsedUp, queue[level].count > 1 else { return false }
    queue[level].rotate(task)
    return true
    // lab:end
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    // lab:begin return whether the task is more urgent than the running task
    context[task].priority < context[running].priority
    // lab:end
  }
}

// lab:begin declare: the bitmap, as a type of its own if you like: insert a level, remove it, find the first level
/// A set of levels, one bit each, in two words.
///
/// - Source: Linux, `sched_find_first_bit()`.
private struct PriorityBitmap {
  private static let wordSize = 64
  private var words: (UInt64, UInt64) = (0, 0)

  /// The lowest level in the set: two tests and one instruction, however many tasks there are.
  var first: Int? {
    if words.0 != 0 { return words.0.trailingZeroBitCount }
    if words.1 != 0 { return words.1.trailingZeroBitCount + Self.wordSize }
    return nil
  }

  mutating func insert(_ level: Int) {
    if level < Self.wordSize { words.0 |= bit(level) } else { words.1 |= bit(level) }
  }

  mutating func remove(_ level: Int) {
    if level < Self.wordSize { words.0 &= ~bit(level) } else { words.1 &= ~bit(level) }
  }

  private func bit(_ level: Int) -> UInt64 { 1 << UInt64(level % Self.wordSize) }
}
// lab:end
