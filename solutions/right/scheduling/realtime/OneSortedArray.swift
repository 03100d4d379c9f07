// Design: one array of all tasks in the order in which they would run, searched from the front.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var line: [(task: TaskID, level: Int)] = []

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    let place = line.firstIndex { end == .head ? $0.level >= level : $0.level > level } ?? line.count
    line.insert((task, level), at: place)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) { line.removeAll { $0.task == task } }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? { line.first?.task }

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
    tasks[task].scheduling.priority < tasks[running].scheduling.priority
  }
}
