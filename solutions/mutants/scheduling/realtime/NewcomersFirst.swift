// Misconception: in a sorted list a newcomer goes to the first place where it fits: before its equals.
// Breaks: begins in plain
// Plainly.
// Killed by: all-levels, fifo-beside-rr, fifo-order, hands-off, interrupted, level-limits, mixed-workload,
//   new-priority, preempted-first, priority-change, round-robin, second-cpu, shared-level, slice-alone,
//   slice-kept, slice-left, takes-over, turns, two-cpus, woken, woken-last, yield, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  /// The most urgent first.
  private var queue: [TaskID] = []

  init() {}

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let priority = tasks[task].scheduling.realtimePriority
    let place = queue.firstIndex { tasks[$0].scheduling.realtimePriority <= priority }
    queue.insert(task, at: place ?? queue.count)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    queue.removeAll { $0 == task }
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? { queue.first }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    let priority = tasks[task].scheduling.realtimePriority
    queue.removeAll { $0 == task }
    let place = queue.firstIndex { tasks[$0].scheduling.realtimePriority < priority }
    queue.insert(task, at: place ?? queue.count)
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    guard tasks[task].scheduling.policy == .roundRobin else { return false }
    tasks[task].scheduling.timeSlice -= 1
    guard tasks[task].scheduling.timeSlice <= 0 else { return false }
    tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
    yield(task, in: &tasks)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.realtimePriority > tasks[running].scheduling.realtimePriority
  }
}
