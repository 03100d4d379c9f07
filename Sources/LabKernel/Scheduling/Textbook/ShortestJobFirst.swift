/// Whoever needs the least time in all runs to its end, or until it sleeps; among equals, who came first.
///
/// It knows the future: the kernel tells how long a program computes in all, if it goes straight through.
///
/// - Complexity: O(n) to choose.
/// - Source: Arpaci-Dusseau, Operating Systems: Three Easy Pieces, chapter 7 (SJF).
public struct ShortestJobFirst: SchedulingClass {
  private var queue = TaskQueue()
  private var running: TaskID?

  /// A queue with nobody in it.
  public init() {}

  /// Puts `task` behind the others.
  public mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
  ) {
    queue.insert(task, at: end)
  }

  /// Takes `task` out.
  public mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    queue.remove(task)
    if running == task { running = nil }
  }

  /// The one that runs, or else the shortest.
  public mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    if running == nil {
      for task in queue where running.map({ isShorter(task, than: $0, in: context) }) ?? true { running = task }
    }
    return running
  }

  /// Lets the shortest be chosen anew, itself included.
  public mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    queue.rotate(task)
    running = nil
  }

  /// Nobody's turn is ever over.
  public mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { false }

  /// Never: the shortest waits until whoever runs is done.
  public func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }

  private func isShorter(_ task: TaskID, than other: TaskID, in context: SchedulingContext) -> Bool {
    context[task].textbook.totalRun < context[other].textbook.totalRun
  }
}
