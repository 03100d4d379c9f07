// Misconception: a sleeper keeps its place: when it wakes up it goes on where it was, at the head.
// Breaks: wakes in plain
// Plainly.
// Killed by: all-levels, fifo-beside-rr, mixed-workload, new-priority, preempted-first, priority-change,
//   slice-alone, slice-kept, takes-over, turns, two-cpus, woken, woken-last, yield-anywhere
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private var queues = Array(repeating: TaskQueue(), count: realtimePriorityLevels)
  private var bitmap: [UInt64] = [0, 0]
  /// Everyone who has been here before.
  private var known: Set<TaskID> = []

  init() {}

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].insert(task, at: known.insert(task).inserted ? end : .head)
    bitmap[level / 64] |= 1 << UInt64(level % 64)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.priority
    queues[level].remove(task)
    if queues[level].isEmpty { bitmap[level / 64] &= ~(1 << UInt64(level % 64)) }
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    for word in 0..<2 where bitmap[word] != 0 {
      return queues[word * 64 + bitmap[word].trailingZeroBitCount].first
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
