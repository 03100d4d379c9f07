// Misconception: the running task's slice is counted in the scheduler and put aside in one variable when the task is
// preempted; it is forgotten that a second preemption may come before the first task runs again.
// Breaks: slice-preempted in history
// Killed by: slice-kept
import LabKernel

struct Remainder: Sendable {
  var task: TaskID
  var policy: SchedulingPolicy
  var left: Int
}

struct RealtimeScheduler: SchedulingClass {
  private var queues = Array(repeating: TaskQueue(), count: realtimePriorityLevels)
  private var words: [UInt64] = [0, 0]
  /// The task that runs, and what is left of its slice; the table has it again when the task leaves.
  private var current: Remainder?
  /// The task that was preempted.
  private var aside: Remainder?

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].insert(task, at: end)
    words[level >> 6] |= (1 as UInt64) << (level & 63)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].remove(task)
    if queues[level].isEmpty { words[level >> 6] &= ~((1 as UInt64) << (level & 63)) }
    if let known = current, known.task == task {
      writeBack(known, to: &context)
      current = nil
    }
    if let known = aside, known.task == task {
      writeBack(known, to: &context)
      aside = nil
    }
  }

  /// Into the table, unless a change of policy has put a full slice there.
  private func writeBack(_ known: Remainder, to context: inout SchedulingContext) {
    if context[known.task].policy == known.policy { context[known.task].timeSlice = known.left }
  }

  private mutating func load(_ task: TaskID, in context: inout SchedulingContext) {
    if let known = aside, known.task == task {
      current = known
      aside = nil
    } else {
      let entity = context[task]
      current = Remainder(task: task, policy: entity.policy, left: entity.timeSlice)
    }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    guard let word = words.firstIndex(where: { $0 != 0 }) else { return nil }
    let level = word * 64 + words[word].trailingZeroBitCount
    guard let next = queues[level].first else { return nil }
    if let old = current, old.task != next {
      if context[old.task].priority > level {
        aside = old
      } else {
        writeBack(old, to: &context)
      }
    }
    if current?.task != next { load(next, in: &context) }
    return next
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    if let known = current, known.task == task { writeBack(known, to: &context) }
    queues[context[task].priority].rotate(task)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    if current?.task != task { load(task, in: &context) }
    guard context[task].policy == .roundRobin, let left = current?.left else { return false }
    guard left <= 1 else {
      current?.left = left - 1
      return false
    }
    let full = context[task].fullTimeSlice
    current?.left = full
    context[task].timeSlice = full
    let level = context[task].priority
    guard queues[level].count > 1 else { return false }
    queues[level].rotate(task)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].priority < context[running].priority
  }
}
