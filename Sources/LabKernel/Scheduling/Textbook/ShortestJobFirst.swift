/// The task that needs the least time in total runs to its end, or until it sleeps; among equals, the first to arrive.
///
/// It knows the future: the kernel tells it how long a program computes in total, if it runs straight through.
///
/// - Complexity: O(n) to choose.
/// - Source: Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapter 7 (SJF).
public struct ShortestJobFirst: SchedulingClass {
  private var queue = TaskQueue()
  private var running: TaskID?

  /// An empty queue.
  public init() {}

  /// Puts `task` behind the others.
  public mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
  ) {
    queue.insert(task, at: end)
  }

  /// Removes `task`.
  public mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    queue.remove(task)
    if running == task { running = nil }
  }

  /// The running task, or else the shortest.
  public mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    if running == nil {
      for task in queue where running.map({ isShorter(task, than: $0, in: context) }) ?? true { running = task }
    }
    return running
  }

  /// Lets the shortest task be chosen again, possibly `task` itself.
  public mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    queue.rotate(task)
    running = nil
  }

  /// Never: a turn does not end with a tick.
  public mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { false }

  /// Never: even the shortest task waits until the running one is done.
  public func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }

  private func isShorter(_ task: TaskID, than other: TaskID, in context: SchedulingContext) -> Bool {
    context[task].textbook.totalRun < context[other].textbook.totalRun
  }
}
