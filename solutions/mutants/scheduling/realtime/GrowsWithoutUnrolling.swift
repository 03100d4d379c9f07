// Misconception: A ring that is full is enlarged by appending empty places; it is forgotten that its second part,
// before the head, would have to move behind the first, and this shows only if the head has moved.
// Breaks: turn in crowd
// Killed by: turns
import LabKernel

/// A ring of tasks.
private struct Ring {
  private var places = [TaskID](repeating: .idle, count: 8)
  private var head = 0
  private(set) var count = 0

  private func place(_ offset: Int) -> Int { (head + offset + places.count) % places.count }

  var first: TaskID? { count == 0 ? nil : places[head] }

  mutating func insert(_ task: TaskID, at end: QueueEnd) {
    if count == places.count { places += [TaskID](repeating: .idle, count: places.count) }
    if end == .tail {
      places[place(count)] = task
    } else {
      head = place(-1)
      places[head] = task
    }
    count += 1
  }

  mutating func remove(_ task: TaskID) {
    guard let found = (0..<count).first(where: { places[place($0)] == task }) else { return }
    if found == 0 {
      head = place(1)
    } else {
      for offset in found..<(count - 1) { places[place(offset)] = places[place(offset + 1)] }
    }
    count -= 1
  }
}

struct RealtimeScheduler: SchedulingClass {
  private var rings = [Ring](repeating: Ring(), count: realtimePriorityLevels)
  private var words: [UInt64] = [0, 0]

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    rings[level].insert(task, at: end)
    words[level / 64] |= 1 << UInt64(level % 64)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    rings[level].remove(task)
    if rings[level].count == 0 { words[level / 64] &= ~(1 << UInt64(level % 64)) }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    if words[0] != 0 { return rings[words[0].trailingZeroBitCount].first }
    if words[1] != 0 { return rings[64 + words[1].trailingZeroBitCount].first }
    return nil
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    rings[level].remove(task)
    rings[level].insert(task, at: .tail)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    guard context[task].policy == .roundRobin else { return false }
    context[task].timeSlice -= 1
    guard context[task].timeSlice <= 0 else { return false }
    context[task].timeSlice = context[task].fullTimeSlice
    guard rings[context[task].priority].count > 1 else { return false }
    yield(task, in: &context)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].priority < context[running].priority
  }
}
