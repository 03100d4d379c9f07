// Misconception: a word has room for all levels.
// Breaks: levels in levels
// Killed by: all-levels, fifo-beside-rr, fifo-order, interrupted, level-limits, mixed-workload, most-urgent,
//   new-priority, preempted-first, preemption, priority-change, round-robin, second-cpu, shared-level,
//   slice-alone, slice-kept, slice-left, takes-over, turns, two-cpus, woken, woken-last, yield, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var queues = Array(repeating: TaskQueue(), count: realtimePriorityLevels)
  private var bitmap: UInt64 = 0

  init() {}

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].insert(task, at: end)
    bitmap |= 1 << level
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].remove(task)
    if queues[level].isEmpty { bitmap &= ~(1 << level) }
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    bitmap == 0 ? nil : queues[bitmap.trailingZeroBitCount].first
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
