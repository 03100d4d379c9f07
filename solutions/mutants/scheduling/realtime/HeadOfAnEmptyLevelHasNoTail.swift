// Misconception: in a list with a first and a last, a task that enters at the head changes only the first; it is
// forgotten that the task is also the last if the level was empty.
// Breaks: lowered in plain
// Killed by: priority-change, two-cpus
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private static let none = TaskID.idle

  private var first = [TaskID](repeating: none, count: realtimePriorityLevels)
  private var last = [TaskID](repeating: none, count: realtimePriorityLevels)
  /// By row: who is behind.
  private var next: [TaskID] = []
  private var words: [UInt64] = [0, 0]

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    while next.count <= task.index { next.append(Self.none) }
    insert(task, at: end, level: context[task].priority)
  }

  private mutating func insert(_ task: TaskID, at end: QueueEnd, level: Int) {
    switch end {
    case .head:
      next[task.index] = first[level]
      first[level] = task
    case .tail:
      next[task.index] = Self.none
      if last[level] == Self.none {
        first[level] = task
      } else {
        next[last[level].index] = task
      }
      last[level] = task
    }
    words[level >> 6] |= 1 << UInt64(level & 63)
  }

  private mutating func remove(_ task: TaskID, level: Int) {
    var before = Self.none
    var place = first[level]
    while place != task {
      if place == Self.none { return }
      before = place
      place = next[place.index]
    }
    if before == Self.none { first[level] = next[task.index] } else { next[before.index] = next[task.index] }
    if last[level] == task { last[level] = before }
    if first[level] == Self.none { words[level >> 6] &= ~(1 << UInt64(level & 63)) }
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    remove(task, level: context[task].priority)
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    for word in 0..<2 where words[word] != 0 { return first[word * 64 + words[word].trailingZeroBitCount] }
    return nil
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    remove(task, level: level)
    insert(task, at: .tail, level: level)
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
