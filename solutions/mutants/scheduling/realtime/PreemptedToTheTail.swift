// Misconception: the queue holds those who wait: who has lost the CPU joins it again, at the tail.
// Breaks: keeps-place in plain
// Plainly.
// Killed by: all-levels, hands-off, interrupted, mixed-workload, new-priority, preempted-first, priority-change,
//   slice-kept, slice-left, takes-over, turns, two-cpus, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  /// The most urgent first.
  private var queue: [TaskID] = []
  private var running: TaskID?

  init() {}

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let priority = tasks[task].scheduling.realtimePriority
    let place = queue.firstIndex { other in
      let theirs = tasks[other].scheduling.realtimePriority
      return end == .head ? theirs <= priority : theirs < priority
    }
    queue.insert(task, at: place ?? queue.count)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    queue.removeAll { $0 == task }
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    // Someone else is next: the one that ran goes to the end of its line.
    if let last = running, last != queue.first, queue.contains(last) { yield(last, in: &tasks) }
    running = queue.first
    return running
  }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    dequeue(task, in: &tasks)
    enqueue(task, at: .tail, in: &tasks)
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
