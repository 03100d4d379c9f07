// Misconception: the scheduler notes the policy of each task that enters, and gives a full slice to one whose policy
// is another than last time (harmless on one CPU, where the kernel has just done the same); but the change may have
// been made long ago, on another CPU.
// Breaks: own-cpu in history
// Killed by: two-cpus
import LabKernel

/// A hundred bits in two words.
private struct Bitmap {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  mutating func insert(_ level: Int) {
    if level < 64 { low |= 1 << level } else { high |= 1 << (level - 64) }
  }

  mutating func remove(_ level: Int) {
    if level < 64 { low &= ~(1 << level) } else { high &= ~(1 << (level - 64)) }
  }

  var first: Int? {
    if low != 0 { return low.trailingZeroBitCount }
    if high != 0 { return 64 + high.trailingZeroBitCount }
    return nil
  }
}

struct RealtimeScheduler: SchedulingClass {
  private var queues = [TaskQueue](repeating: TaskQueue(), count: realtimePriorityLevels)
  private var bitmap = Bitmap()
  /// The policy with which each task last entered.
  private var policies: [TaskID: SchedulingPolicy] = [:]

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let policy = tasks[task].scheduling.policy
    if let before = policies[task], before != policy {
      tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
    }
    policies[task] = policy
    let level = tasks[task].scheduling.priority
    queues[level].insert(task, at: end)
    bitmap.insert(level)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].remove(task)
    if queues[level].isEmpty { bitmap.remove(level) }
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    guard let level = bitmap.first else { return nil }
    return queues[level].first
  }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    queues[tasks[task].scheduling.priority].rotate(task)
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
