// Design: a dictionary from the level to an array; the smallest key is the most urgent level.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var levels: [Int: [TaskID]] = [:]

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    switch end {
    case .head: levels[level, default: []].insert(task, at: 0)
    case .tail: levels[level, default: []].append(task)
    }
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    let rest = (levels[level] ?? []).filter { $0 != task }
    levels[level] = rest.isEmpty ? nil : rest
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    levels.keys.min().flatMap { levels[$0]?.first }
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    dequeue(task, in: &context)
    enqueue(task, .changed, at: .tail, in: &context)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    switch context[task].policy {
    case .normal, .fifo: return false
    case .roundRobin:
      if context[task].timeSlice > 1 {
        context[task].timeSlice -= 1
        return false
      }
      context[task].timeSlice = context[task].fullTimeSlice
      let isAlone = levels[context[task].priority]?.count == 1
      if !isAlone { yield(task, in: &context) }
      return !isAlone
    }
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].priority < context[running].priority
  }
}
