/// The task that comes first runs to its end, or until it sleeps.
///
/// - Source: Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapter 7 (FIFO).
public struct FirstComeFirstServed: SchedulingClass {
  private var queue = TaskQueue()

  /// An empty queue.
  public init() {}

  /// Puts `task` at one end.
  public mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
  ) {
    queue.insert(task, at: end)
  }
  /// Removes `task`.
  public mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { queue.remove(task) }
  /// The task at the head.
  public mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { queue.first }
  /// Sends `task` to the tail.
  public mutating func yield(_ task: TaskID, in context: inout SchedulingContext) { queue.rotate(task) }
  /// Never: a turn does not end with a tick.
  public mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { false }
  /// Never.
  public func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
}
