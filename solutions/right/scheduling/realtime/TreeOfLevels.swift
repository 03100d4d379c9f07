// Design: a complete binary tree over 128 levels, whose nodes count tasks; walking down it finds the first level.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private static let width = 128
  private var counts = Array(repeating: 0, count: 2 * width)
  private var queues = Array(repeating: [TaskID](), count: width)

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].insert(task, at: end == .head ? 0 : queues[level].endIndex)
    count(level + Self.width, 1)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].removeAll { $0 == task }
    count(level + Self.width, -1)
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    counts[1] == 0 ? nil : queues[firstLevel(under: 1)].first
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].removeAll { $0 == task }
    queues[level].append(task)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    guard case .roundRobin = context[task].policy else { return false }
    context[task].timeSlice -= 1
    guard context[task].timeSlice == 0 else { return false }
    context[task].timeSlice = context[task].fullTimeSlice
    yield(task, in: &context)
    return queues[context[task].priority].count > 1
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].priority < context[running].priority
  }

  private mutating func count(_ node: Int, _ change: Int) {
    guard node > 0 else { return }
    counts[node] += change
    count(node / 2, change)
  }

  private func firstLevel(under node: Int) -> Int {
    if node >= Self.width { return node - Self.width }
    return firstLevel(under: counts[2 * node] > 0 ? 2 * node : 2 * node + 1)
  }
}
