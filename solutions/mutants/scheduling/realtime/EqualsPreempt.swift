// Misconception: a task that wakes up has waited long enough, so it takes the CPU from its equals.
// Breaks: equal-waits in plain
// Plainly.
// Killed by: all-levels, alone, fifo-beside-rr, fifo-order, mixed-workload, preempted-first, preemption,
//   priority-change, second-cpu, slice-alone, slice-kept, slice-left, takes-over, turns, two-cpus, woken,
//   woken-last, yield-anywhere
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
    // Before the one that runs, if it is no less urgent.
    if let running, running != task, let index = queue.firstIndex(of: running),
      context[running].realtimePriority == priority
    {
      queue.removeAll { $0 == task }
      queue.insert(task, at: index)
    }
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    queue.removeAll { $0 == task }
    if running == task { running = nil }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
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
    context[task].realtimePriority >= context[running].realtimePriority
  }
}
