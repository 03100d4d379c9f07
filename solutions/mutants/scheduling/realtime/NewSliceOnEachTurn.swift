// Misconception: a turn begins when a task is given the CPU, and begins with a full slice.
// Breaks: slice-preempted in plain
// Plainly.
// Killed by: fifo-beside-rr, hands-off, mixed-workload, preempted-first, second-cpu, slice-alone, slice-kept,
//   slice-left, turns, two-cpus, woken-last, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  /// The most urgent first.
  private var queue: [TaskID] = []
  private var running: TaskID?

  init() {}

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let priority = context[task].realtimePriority
    let place = queue.firstIndex { other in
      let theirs = context[other].realtimePriority
      return end == .head ? theirs <= priority : theirs < priority
    }
    queue.insert(task, at: place ?? queue.count)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    queue.removeAll { $0 == task }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    if let next = queue.first, next != running {
      context[next].timeSlice = context[next].fullTimeSlice
    }
    running = queue.first
    return running
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    dequeue(task, in: &context)
    enqueue(task, .changed, at: .tail, in: &context)
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
