// Misconception: the levels are 1 to 98, and 99 is a bound.
// Breaks: levels in levels
// Killed by: all-levels, fifo-beside-rr, level-limits, mixed-workload, preempted-first, priority-change,
//   slice-alone, slice-kept, takes-over, turns, woken-last, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var queues = Array(repeating: TaskQueue(), count: realtimePriorityLevels)

  init() {}

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].insert(task, at: end)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].remove(task)
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    for level in 1..<realtimePriorityLevels where !queues[level].isEmpty {
      return queues[level].first
    }
    return nil
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
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
