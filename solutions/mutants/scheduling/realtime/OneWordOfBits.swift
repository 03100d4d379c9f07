// Misconception: a word has room for all levels.
// Breaks: levels in levels
// Killed by: all-levels, fifo-beside-rr, fifo-order, interrupted, level-limits, mixed-workload, most-urgent,
//   new-priority, preempted-first, preemption, priority-change, round-robin, second-cpu, shared-level,
//   slice-alone, slice-kept, slice-left, takes-over, turns, two-cpus, woken, woken-last, yield, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var queues = Array(repeating: TaskQueue(), count: realtimePriorityLevels)
  private var bitmap: UInt64 = 0

  init() {}

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].insert(task, at: end)
    bitmap |= 1 << level
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].remove(task)
    if queues[level].isEmpty { bitmap &= ~(1 << level) }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    bitmap == 0 ? nil : queues[bitmap.trailingZeroBitCount].first
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
