/// Several round-robin queues: who uses up its time slice sinks to the next, who sleeps early stays.
///
/// 1. The highest queue that has anyone is served, in turns.
/// 2. A task starts in the highest queue.
/// 3. A task that has used up a whole slice, in one turn or in many, goes down one queue.
/// 4. Every ``boostTicks`` ticks all tasks go back to the highest queue.
///
/// A preempted task keeps its place at the head of its queue, and what is left of its slice.
///
/// - Source: Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapter 8 (MLFQ).
/// - Simplified: ticks during which the CPU is idle do not count towards the boost.
public struct MultilevelFeedback: SchedulingClass {
  /// How many queues there are.
  public static let levels = 3
  /// How many ticks lie between two boosts.
  public static let boostTicks = 20

  /// The highest first.
  private var queues = Array(repeating: TaskQueue(), count: levels)
  private var ticks = 0

  /// Queues with nobody in them.
  public init() {}

  /// Puts `task` at one end of the queue that it had sunk to.
  public mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    queues[tasks[task].scheduling.level].insert(task, at: end)
  }

  /// Takes `task` out.
  public mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    queues[tasks[task].scheduling.level].remove(task)
  }

  /// The head of the highest queue that has anyone.
  public mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    queues.first { !$0.isEmpty }?.first
  }

  /// Sends `task` to the tail of its queue.
  public mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    queues[tasks[task].scheduling.level].rotate(task)
  }

  /// Counts the slice down, lets `task` sink at its end, and boosts everyone when it is time.
  public mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    ticks += 1
    tasks[task].scheduling.timeSlice -= 1
    let isUsedUp = tasks[task].scheduling.timeSlice <= 0
    if isUsedUp { sink(task, in: &tasks) }
    guard ticks % MultilevelFeedback.boostTicks == 0 else { return isUsedUp }
    boost(&tasks)
    return true
  }

  /// Whether `task` is in a higher queue.
  public func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.level < tasks[running].scheduling.level
  }

  private mutating func sink(_ task: TaskID, in tasks: inout TaskTable) {
    let level = tasks[task].scheduling.level
    let lower = min(level + 1, MultilevelFeedback.levels - 1)
    queues[level].remove(task)
    queues[lower].insert(task, at: .tail)
    tasks[task].scheduling.level = lower
    tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
  }

  /// Everyone to the highest queue with a full slice, those that sleep included.
  private mutating func boost(_ tasks: inout TaskTable) {
    for level in 1..<MultilevelFeedback.levels {
      for task in queues[level] {
        queues[0].insert(task, at: .tail)
        tasks[task].scheduling.level = 0
      }
      queues[level] = TaskQueue()
    }
    for task in queues[0] { tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice }
    for index in tasks.indices {
      let task = TaskID(index)
      guard case .interruptible = tasks[task].state else { continue }
      tasks[task].scheduling.level = 0
      tasks[task].scheduling.timeSlice = tasks[task].scheduling.fullTimeSlice
    }
  }
}
