/// Mutexes that do nothing about priorities: the baseline, and what POSIX calls `PTHREAD_PRIO_NONE`.
///
/// Waiters are served in order of arrival, however urgent they are. An owner is as urgent as it ever was, whichever
/// tasks wait for it. Only a task that would wait for itself is refused; tasks that wait for each other in a cycle do
/// so forever.
///
/// Invariant: a mutex that has no owner has no waiters.
///
/// - Source: Linux, kernel/locking/mutex.c, whose waiters are queued as well.
public struct PlainMutex: MutexProtocol {
  private struct Row {
    var owner: TaskID?
    /// The waiters, in order of arrival.
    var queue: [TaskID] = []
  }

  private var rows: [Row] = []

  /// All mutexes free.
  public init() {}

  /// Adds the owner and the waiters of each mutex to `digest`.
  func digest(into digest: inout StateDigest, _ tasks: TaskTable) {
    for (number, row) in rows.enumerated() {
      guard let owner = row.owner else { continue }
      digest.combine(UInt32(number), tasks[owner].lineage)
      for waiter in row.queue { digest.combine(1, tasks[waiter].lineage) }
    }
  }

  /// Acquires the mutex if it is free; otherwise queues the task.
  public mutating func lock(
    _ mutex: MutexID, by task: TaskID, in entities: inout EntityTable
  ) throws(Errno) -> LockAnswer {
    while rows.count <= mutex.index { rows.append(Row()) }
    guard rows[mutex.index].owner != task else { throw .EDEADLK }
    if rows[mutex.index].owner == nil {
      rows[mutex.index].owner = task
      return .acquired
    }
    rows[mutex.index].queue.append(task)
    return .wait
  }

  /// Hands the mutex to the head of the queue.
  public mutating func unlock(
    _ mutex: MutexID, by task: TaskID, in entities: inout EntityTable
  ) throws(Errno) -> TaskID? {
    guard owner(of: mutex) == task else { throw .EPERM }
    let next = rows[mutex.index].queue.isEmpty ? nil : rows[mutex.index].queue.removeFirst()
    rows[mutex.index].owner = next
    return next
  }

  /// Takes the task out of the queue.
  public mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    rows[mutex.index].queue.removeAll { $0 == task }
  }

  /// Makes the task as urgent as it asks to be; the queue ignores priorities.
  public mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    entities.setPriority(of: task, to: entities[task].normalPriority)
  }

  /// The owner of the mutex.
  public func owner(of mutex: MutexID) -> TaskID? {
    rows.indices.contains(mutex.index) ? rows[mutex.index].owner : nil
  }
}
