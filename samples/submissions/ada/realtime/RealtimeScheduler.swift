import LabKernel

/// All real-time tasks of one CPU in a single line, the most urgent first and equals in the order of their turns.
///
/// The CPU is asked to choose anew at every tick: choosing costs nothing here, as the choice is the head of the line.
struct RealtimeScheduler: SchedulingClass {
  private var line: [(level: Int, task: TaskID)] = []

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    let place =
      switch end {
      case .head: line.firstIndex { $0.level >= level }
      case .tail: line.firstIndex { $0.level > level }
      }
    line.insert((level, task), at: place ?? line.count)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) { line.removeAll { $0.task == task } }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? { line.first?.task }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    dequeue(task, in: &tasks)
    enqueue(task, at: .tail, in: &tasks)
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    if tasks[task].scheduling.policy == .fifo { return true }
    tasks[task].scheduling.timeSlice -= 1
    if tasks[task].scheduling.timeSlice == 0 {
      tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
      yield(task, in: &tasks)
    }
    return true
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.realtimePriority > tasks[running].scheduling.realtimePriority
  }
}
