// Design: tasks in no order, each with a stamp; each search finds the lowest level and, within it, the lowest stamp.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private struct Entry {
    let task: TaskID
    let level: Int
    var stamp: Int
  }

  private var entries: [Entry] = []
  private var first = 0
  private var last = 0

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let stamp: Int
    if end == .tail {
      last += 1
      stamp = last
    } else {
      first -= 1
      stamp = first
    }
    entries.append(Entry(task: task, level: context[task].priority, stamp: stamp))
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    guard let place = entries.firstIndex(where: { $0.task == task }) else { return }
    entries.swapAt(place, entries.count - 1)
    entries.removeLast()
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    entries.min { ($0.level, $0.stamp) < ($1.level, $1.stamp) }?.task
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    guard let place = entries.firstIndex(where: { $0.task == task }) else { return }
    last += 1
    entries[place].stamp = last
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    guard context[task].policy == .roundRobin else { return false }
    context[task].timeSlice -= 1
    if context[task].timeSlice < 1 {
      context[task].timeSlice = context[task].fullTimeSlice
      yield(task, in: &context)
    }
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].priority < context[running].priority
  }
}
