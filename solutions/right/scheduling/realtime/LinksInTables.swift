// Design: as in C: lists of rows, linked in both directions by tables of numbers; no bitmap.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var next: [Int] = []
  private var previous: [Int] = []
  private var heads = Array(repeating: -1, count: 100)
  private var tails = Array(repeating: -1, count: 100)

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let row = task.index
    let level = tasks[task].scheduling.priority
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

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    let row = task.index
    let level = tasks[task].scheduling.priority
    if previous[row] < 0 { heads[level] = next[row] } else { next[previous[row]] = next[row] }
    if next[row] < 0 { tails[level] = previous[row] } else { previous[next[row]] = previous[row] }
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    for head in heads where head >= 0 { return TaskID(head) }
    return nil
  }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    dequeue(task, in: &tasks)
    enqueue(task, at: .tail, in: &tasks)
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    if tasks[task].scheduling.policy != .roundRobin { return false }
    let left = tasks[task].scheduling.timeSlice - 1
    tasks[task].scheduling.timeSlice = left
    if left > 0 { return false }
    tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
    if next[task.index] < 0 && previous[task.index] < 0 { return false }
    yield(task, in: &tasks)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.priority < tasks[running].scheduling.priority
  }
}
