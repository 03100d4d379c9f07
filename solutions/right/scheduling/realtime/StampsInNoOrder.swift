// Design: tasks in no order, each with a stamp; the least level and then the least stamp is searched for each time.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private struct Entry {
    let task: TaskID
    let level: Int
    var stamp: Int
  }

  private var entries: [Entry] = []
  private var first = 0
  private var last = 0

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let stamp: Int
    if end == .tail {
      last += 1
      stamp = last
    } else {
      first -= 1
      stamp = first
    }
    entries.append(Entry(task: task, level: tasks[task].scheduling.priority, stamp: stamp))
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    guard let place = entries.firstIndex(where: { $0.task == task }) else { return }
    entries.swapAt(place, entries.count - 1)
    entries.removeLast()
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    entries.min { ($0.level, $0.stamp) < ($1.level, $1.stamp) }?.task
  }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    guard let place = entries.firstIndex(where: { $0.task == task }) else { return }
    last += 1
    entries[place].stamp = last
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    guard tasks[task].scheduling.policy == .roundRobin else { return false }
    tasks[task].scheduling.timeSlice -= 1
    if tasks[task].scheduling.timeSlice < 1 {
      tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
      yield(task, in: &tasks)
    }
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.priority < tasks[running].scheduling.priority
  }
}
