// Misconception: the levels are 1 to 98: 99 is one of the bounds.
// Breaks: levels in levels
// Killed by: all-levels, fifo-beside-rr, level-limits, mixed-workload, preempted-first, priority-change,
//   slice-alone, slice-kept, takes-over, turns, woken-last, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var queues = Array(repeating: TaskQueue(), count: realtimePriorityLevels)

  init() {}

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].insert(task, at: end)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].remove(task)
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    for level in 1..<realtimePriorityLevels where !queues[level].isEmpty {
      return queues[level].first
    }
    return nil
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
