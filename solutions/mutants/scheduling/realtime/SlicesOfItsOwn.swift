// Misconception: the scheduler knows best how much of a slice is left, and keeps count itself.
// Breaks: own-cpu in plain
// Plainly.
// Killed by: fifo-beside-rr, priority-change, second-cpu, slice-alone, slice-kept, turns, two-cpus, woken-last
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  /// The most urgent first.
  private var queue: [TaskID] = []
  private var slices: [TaskID: Int] = [:]

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

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { queue.first }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    dequeue(task, in: &context)
    enqueue(task, .changed, at: .tail, in: &context)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    guard context[task].policy == .roundRobin else { return false }
    slices[task, default: context[task].fullTimeSlice] -= 1
    guard slices[task] == 0 else { return false }
    slices[task] = nil
    yield(task, in: &context)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].realtimePriority > context[running].realtimePriority
  }
}
