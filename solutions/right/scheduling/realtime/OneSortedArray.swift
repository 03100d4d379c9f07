// Design: one array of all tasks in the order in which they would run, searched from the front.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var line: [(task: TaskID, level: Int)] = []

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    let place = line.firstIndex { end == .head ? $0.level >= level : $0.level > level } ?? line.count
    line.insert((task, level), at: place)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { line.removeAll { $0.task == task } }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { line.first?.task }

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
    context[task].priority < context[running].priority
  }
}
