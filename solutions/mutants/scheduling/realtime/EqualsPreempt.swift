// Misconception: a task that wakes up has waited long enough: it takes the CPU from its equals.
// Breaks: equal-waits in plain
// Plainly.
// Killed by: all-levels, alone, fifo-beside-rr, fifo-order, mixed-workload, preempted-first, preemption,
//   priority-change, second-cpu, slice-alone, slice-kept, slice-left, takes-over, turns, two-cpus, woken,
//   woken-last, yield-anywhere
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
    // Before the one that runs, if it is no less urgent.
    if let running, running != task, let index = queue.firstIndex(of: running),
      tasks[running].scheduling.realtimePriority == priority
    {
      queue.removeAll { $0 == task }
      queue.insert(task, at: index)
    }
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    queue.removeAll { $0 == task }
    if running == task { running = nil }
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
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
    tasks[task].scheduling.realtimePriority >= tasks[running].scheduling.realtimePriority
  }
}
