// Misconception: the scheduler notes the policy of each task that enters, and gives a full slice to a task whose
// policy has changed since the last time (harmless on one CPU, where the kernel has just done the same); but the
// change may have been made long ago, on another CPU.
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

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let policy = context[task].policy
    if let before = policies[task], before != policy {
      context[task].timeSlice = context[task].fullTimeSlice
    }
    policies[task] = policy
    let level = context[task].priority
    queues[level].insert(task, at: end)
    bitmap.insert(level)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].remove(task)
    if queues[level].isEmpty { bitmap.remove(level) }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    guard let level = bitmap.first else { return nil }
    return queues[level].first
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    queues[context[task].priority].rotate(task)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    guard context[task].policy == .roundRobin else { return false }
    context[task].timeSlice -= 1
    guard context[task].timeSlice <= 0 else { return false }
    context[task].timeSlice = context[task].fullTimeSlice
    let level = context[task].priority
    guard queues[level].count > 1 else { return false }
    queues[level].rotate(task)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].priority < context[running].priority
  }
}
