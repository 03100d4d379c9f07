// Misconception: a task that yields lets every other task go first, even the less urgent ones.
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

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].insert(task, at: end)
    bitmap[level / 64] |= 1 << UInt64(level % 64)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].priority
    queues[level].remove(task)
    if queues[level].isEmpty { bitmap[level / 64] &= ~(1 << UInt64(level % 64)) }
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    let waiting = queues.joined()
    let next = waiting.first { $0 != polite } ?? waiting.first { $0 == polite }
    polite = nil
    return next
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    queues[context[task].priority].rotate(task)
    polite = task
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
