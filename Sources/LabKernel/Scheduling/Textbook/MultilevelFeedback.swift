/// Several round-robin queues: a task that uses up its time slice sinks to the next, one that sleeps early stays.
///
/// 1. The highest queue that has a task is served, in turns.
/// 2. A task starts in the highest queue.
/// 3. A task that has used up a whole slice, in one turn or in many, goes down one queue.
/// 4. Every ``boostPeriod`` all tasks go back to the highest queue.
///
/// A preempted task keeps its place at the head of its queue, and what is left of its slice. A task that sleeps during
/// a boost goes back to the highest queue when it wakes up.
///
/// - Source: Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapter 8 (MLFQ).
public struct MultilevelFeedback: SchedulingClass {
  /// How many queues there are.
  public static let levels = 3
  /// How much time lies between two boosts.
  public static let boostPeriod = Duration.milliseconds(20)

  /// The queues, highest first.
  private var queues = Array(repeating: TaskQueue(), count: levels)
  /// The period of the last boost; periods are counted from the start of the machine, on all CPUs alike.
  private var period: Int64 = 0

  /// Queues without tasks.
  public init() {}

  /// Puts `task` at one end of the queue that it had sunk to, or of the highest one if it is new or has missed a boost.
  public mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
  ) {
    let now = Self.period(at: context.now)
    if why == .new || context[task].textbook.period < now { raise(task, now, in: &context) }
    queues[context[task].textbook.level].insert(task, at: end)
  }

  /// Removes `task`.
  public mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    queues[context[task].textbook.level].remove(task)
  }

  /// The head of the highest queue that has a task.
  public mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    queues.first { !$0.isEmpty }?.first
  }

  /// Sends `task` to the tail of its queue.
  public mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    queues[context[task].textbook.level].rotate(task)
  }

  /// Counts the slice down, lets `task` sink at its end, and boosts all tasks when it is time.
  public mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    context[task].timeSlice -= 1
    let isUsedUp = context[task].timeSlice <= 0
    if isUsedUp { sink(task, in: &context) }
    guard Self.period(at: context.now) > period else { return isUsedUp }
    boost(in: &context)
    return true
  }

  /// Whether `task` is in a higher queue.
  public func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].textbook.level < context[running].textbook.level
  }

  private mutating func sink(_ task: TaskID, in context: inout SchedulingContext) {
    let level = context[task].textbook.level
    let lower = min(level + 1, MultilevelFeedback.levels - 1)
    queues[level].remove(task)
    queues[lower].insert(task, at: .tail)
    context[task].textbook.level = lower
    context[task].timeSlice = context[task].fullTimeSlice
  }

  /// Moves all tasks of this CPU to the highest queue, with a full slice.
  private mutating func boost(in context: inout SchedulingContext) {
    period = Self.period(at: context.now)
    for level in 1..<MultilevelFeedback.levels {
      for task in queues[level] { queues[0].insert(task, at: .tail) }
      queues[level] = TaskQueue()
    }
    for task in queues[0] { raise(task, period, in: &context) }
  }

  private func raise(_ task: TaskID, _ period: Int64, in context: inout SchedulingContext) {
    context[task].textbook.level = 0
    context[task].textbook.period = period
    context[task].timeSlice = context[task].fullTimeSlice
  }

  private static func period(at instant: Instant) -> Int64 { instant.nanoseconds / boostPeriod.nanoseconds }
}
