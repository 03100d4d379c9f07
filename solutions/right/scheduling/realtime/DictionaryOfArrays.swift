// Design: a dictionary from the level to an array; the least key is the most urgent level.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var levels: [Int: [TaskID]] = [:]

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    switch end {
    case .head: levels[level, default: []].insert(task, at: 0)
    case .tail: levels[level, default: []].append(task)
    }
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    let rest = (levels[level] ?? []).filter { $0 != task }
    levels[level] = rest.isEmpty ? nil : rest
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? { levels.keys.min().flatMap { levels[$0]?.first } }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    dequeue(task, in: &tasks)
    enqueue(task, at: .tail, in: &tasks)
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    switch tasks[task].scheduling.policy {
    case .normal, .fifo: return false
    case .roundRobin:
      if tasks[task].scheduling.timeSlice > 1 {
        tasks[task].scheduling.timeSlice -= 1
        return false
      }
      tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
      let isAlone = levels[tasks[task].scheduling.priority]?.count == 1
      if !isAlone { yield(task, in: &tasks) }
      return !isAlone
    }
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.priority < tasks[running].scheduling.priority
  }
}
