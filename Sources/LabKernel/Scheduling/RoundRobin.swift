/// All tasks in turn: the baseline of every scheduling slot.
///
/// One queue in the order of arrival; the task that runs is at its head. When its time slice is used up, it goes to the
/// tail. Priorities are ignored, and no task is preempted before its slice is over: put it into the real-time slot to
/// see what that costs.
///
/// ```
/// slice of 2 ticks, A(5) B(2) C(3):   AABBCCAACA
/// ```
///
/// - Complexity: O(1), except for `dequeue` of a task that is not running: O(n).
/// - Source: Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapter 7 (RR).
public struct RoundRobin: SchedulingClass {
  private var queue = TaskQueue()

  /// An empty queue.
  public init() {}

  /// Puts `task` at the tail, or the head, with a full slice.
  public mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
  ) {
    context[task].timeSlice = context[task].fullTimeSlice
    queue.insert(task, at: end)
  }

  /// Removes `task`, wherever it is.
  public mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    queue.remove(task)
  }

  /// The task at the head.
  public mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { queue.first }

  /// Sends `task` to the tail with a full slice.
  public mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    context[task].timeSlice = context[task].fullTimeSlice
    queue.rotate(task)
  }

  /// Counts the slice down; when it is used up, sends `task` to the tail.
  public mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    let left = context[task].timeSlice - 1
    guard left <= 0 else {
      context[task].timeSlice = left
      return false
    }
    yield(task, in: &context)
    return true
  }

  /// Never: a newly enqueued task waits for its turn.
  public func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
}
