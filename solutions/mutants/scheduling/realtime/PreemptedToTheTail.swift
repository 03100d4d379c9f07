// Misconception: the queue holds the tasks that wait: a task that has lost the CPU is queued again, at the tail.
// Breaks: keeps-place in plain
// Plainly.
// Killed by: all-levels, hands-off, interrupted, mixed-workload, new-priority, preempted-first, priority-change,
//   slice-kept, slice-left, takes-over, turns, two-cpus, yield-anywhere
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
    // Someone else is next: the one that ran goes to the end of its line.
    if let last = running, last != queue.first, queue.contains(last) { yield(last, in: &context) }
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
