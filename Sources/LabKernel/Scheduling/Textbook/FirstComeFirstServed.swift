/// Who comes first runs to its end, or until it sleeps.
///
/// - Source: Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapter 7 (FIFO).
public struct FirstComeFirstServed: SchedulingClass {
  private var queue = TaskQueue()

  /// A queue with nobody in it.
  public init() {}

  /// Puts `task` at one end.
  public mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
  ) {
    queue.insert(task, at: end)
  }
  /// Takes `task` out.
  public mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { queue.remove(task) }
  /// The task at the head.
  public mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { queue.first }
  /// Sends `task` to the tail.
  public mutating func yield(_ task: TaskID, in context: inout SchedulingContext) { queue.rotate(task) }
  /// Nobody's turn is ever over.
  public mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { false }
  /// Never.
  public func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
}
