// Misconception: in a sorted list a newcomer goes to the first place where it fits: before its equals.
// Breaks: begins in plain
// Plainly.
// Killed by: all-levels, fifo-beside-rr, fifo-order, hands-off, interrupted, level-limits, mixed-workload,
//   new-priority, preempted-first, priority-change, round-robin, second-cpu, shared-level, slice-alone,
//   slice-kept, slice-left, takes-over, turns, two-cpus, woken, woken-last, yield, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  /// The most urgent first.
  private var queue: [TaskID] = []

  init() {}

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let priority = context[task].realtimePriority
    let place = queue.firstIndex { context[$0].realtimePriority <= priority }
    queue.insert(task, at: place ?? queue.count)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    queue.removeAll { $0 == task }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { queue.first }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    let priority = context[task].realtimePriority
    queue.removeAll { $0 == task }
    let place = queue.firstIndex { context[$0].realtimePriority < priority }
    queue.insert(task, at: place ?? queue.count)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    guard context[task].policy == .roundRobin else { return false }
    context[task].timeSlice -= 1
    guard context[task].timeSlice <= 0 else { return false }
    context[task].timeSlice = context[task].fullTimeSlice
    yield(task, in: &context)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].realtimePriority > context[running].realtimePriority
  }
}
