// Design: as in C: lists of rows, linked in both directions by tables of numbers; no bitmap.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var next: [Int] = []
  private var previous: [Int] = []
  private var heads = Array(repeating: -1, count: 100)
  private var tails = Array(repeating: -1, count: 100)

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let row = task.index
    let level = context[task].priority
    while next.count <= row {
      next.append(-1)
      previous.append(-1)
    }
    if heads[level] < 0 {
      (heads[level], tails[level], next[row], previous[row]) = (row, row, -1, -1)
    } else if end == .head {
      (next[row], previous[row]) = (heads[level], -1)
      previous[heads[level]] = row
      heads[level] = row
    } else {
      (next[row], previous[row]) = (-1, tails[level])
      next[tails[level]] = row
      tails[level] = row
    }
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let row = task.index
    let level = context[task].priority
    if previous[row] < 0 { heads[level] = next[row] } else { next[previous[row]] = next[row] }
    if next[row] < 0 { tails[level] = previous[row] } else { previous[next[row]] = previous[row] }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    for head in heads where head >= 0 { return TaskID(head) }
    return nil
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    dequeue(task, in: &context)
    enqueue(task, .changed, at: .tail, in: &context)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    if context[task].policy != .roundRobin { return false }
    let left = context[task].timeSlice - 1
    context[task].timeSlice = left
    if left > 0 { return false }
    context[task].timeSlice = context[task].fullTimeSlice
    if next[task.index] < 0 && previous[task.index] < 0 { return false }
    yield(task, in: &context)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].priority < context[running].priority
  }
}
