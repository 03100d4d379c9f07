// Misconception: who yields lets everyone else go first, the less urgent ones too.
// Breaks: yield-level in plain
// Plainly.
// Killed by: mixed-workload, two-cpus, yield, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var queues = Array(repeating: TaskQueue(), count: realtimePriorityLevels)
  private var bitmap: [UInt64] = [0, 0]
  /// Who has given up its turn.
  private var polite: TaskID?

  init() {}

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].insert(task, at: end)
    bitmap[level / 64] |= 1 << UInt64(level % 64)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].remove(task)
    if queues[level].isEmpty { bitmap[level / 64] &= ~(1 << UInt64(level % 64)) }
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    let waiting = queues.joined()
    let next = waiting.first { $0 != polite } ?? waiting.first { $0 == polite }
    polite = nil
    return next
  }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    queues[tasks[task].scheduling.priority].rotate(task)
    polite = task
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    guard tasks[task].scheduling.policy == .roundRobin else { return false }
    tasks[task].scheduling.timeSlice -= 1
    guard tasks[task].scheduling.timeSlice <= 0 else { return false }
    tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
    let level = tasks[task].scheduling.priority
    guard queues[level].count > 1 else { return false }
    queues[level].rotate(task)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.priority < tasks[running].scheduling.priority
  }
}
