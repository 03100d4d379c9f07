// Misconception: the scheduler knows best how much of a slice is left, and keeps count itself.
// Breaks: own-cpu in plain
// Plainly.
// Killed by: fifo-beside-rr, priority-change, second-cpu, slice-alone, slice-kept, turns, two-cpus, woken-last
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  /// The most urgent first.
  private var queue: [TaskID] = []
  private var slices: [TaskID: Int] = [:]

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

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? { queue.first }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    dequeue(task, in: &tasks)
    enqueue(task, at: .tail, in: &tasks)
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    guard tasks[task].scheduling.policy == .roundRobin else { return false }
    slices[task, default: tasks[task].scheduling.fullTimeSlice] -= 1
    guard slices[task] == 0 else { return false }
    slices[task] = nil
    yield(task, in: &tasks)
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.realtimePriority > tasks[running].scheduling.realtimePriority
  }
}
