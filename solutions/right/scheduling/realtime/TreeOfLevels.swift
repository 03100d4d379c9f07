// Design: a complete binary tree over 128 levels, whose nodes count tasks; the way down finds the first level.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private static let width = 128
  private var counts = Array(repeating: 0, count: 2 * width)
  private var queues = Array(repeating: [TaskID](), count: width)

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].insert(task, at: end == .head ? 0 : queues[level].endIndex)
    count(level + Self.width, 1)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].removeAll { $0 == task }
    count(level + Self.width, -1)
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    counts[1] == 0 ? nil : queues[firstLevel(under: 1)].first
  }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].removeAll { $0 == task }
    queues[level].append(task)
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    guard case .roundRobin = tasks[task].scheduling.policy else { return false }
    tasks[task].scheduling.timeSlice -= 1
    guard tasks[task].scheduling.timeSlice == 0 else { return false }
    tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
    yield(task, in: &tasks)
    return queues[tasks[task].scheduling.priority].count > 1
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.priority < tasks[running].scheduling.priority
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
