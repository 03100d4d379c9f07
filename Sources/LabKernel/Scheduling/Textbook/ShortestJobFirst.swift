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
  public mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    queue.insert(task, at: end)
  }

  /// Takes `task` out.
  public mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    queue.remove(task)
    if running == task { running = nil }
  }

  /// The one that runs, or else the shortest.
  public mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    if running == nil {
      for task in queue where running.map({ isShorter(task, than: $0, in: tasks) }) ?? true { running = task }
    }
    return running
  }

  /// Lets the shortest be chosen anew, itself included.
  public mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    queue.rotate(task)
    running = nil
  }

  /// Nobody's turn is ever over.
  public mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool { false }

  /// Never: the shortest waits until whoever runs is done.
  public func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool { false }

  private func isShorter(_ task: TaskID, than other: TaskID, in tasks: borrowing TaskTable) -> Bool {
    tasks[task].scheduling.totalRun < tasks[other].scheduling.totalRun
  }
}
