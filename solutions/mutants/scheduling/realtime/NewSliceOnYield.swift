// Misconception: a task that yields has used up its slice.
// Breaks: slice-yielding in plain
// Plainly.
// Killed by: mixed-workload, slice-kept, slice-left, two-cpus, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var queues = Array(repeating: TaskQueue(), count: realtimePriorityLevels)
  private var bitmap: [UInt64] = [0, 0]

  init() {}

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].insert(task, at: end)
    bitmap[level / 64] |= 1 << UInt64(level % 64)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].remove(task)
    if queues[level].isEmpty { bitmap[level / 64] &= ~(1 << UInt64(level % 64)) }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    for word in 0..<2 where bitmap[word] != 0 {
      return queues[word * 64 + bitmap[word].trailingZeroBitCount].first
    }
    return nil
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    context[task].timeSlice = context[task].fullTimeSlice
    queues[context[task].priority].rotate(task)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    guard context[task].policy == .roundRobin else { return false }
    context[task].timeSlice -= 1
    guard context[task].timeSlice <= 0 else { return false }
    context[task].timeSlice = context[task].fullTimeSlice
    let level = context[task].priority
    guard queues[level].count > 1 else { return false }
    queues[level].rotate(task)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].priority < context[running].priority
  }
}
