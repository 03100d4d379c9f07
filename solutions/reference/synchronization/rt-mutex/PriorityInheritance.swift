import LabKernel

/// Mutexes whose owners are at least as urgent as their most urgent waiter, through any number of mutexes.
///
/// ```
///   H 70 --waits for--> m1 --owned by--> M 50 --waits for--> m0 --owned by--> L 30
///   so M and L are at 70, and M is the first waiter of m0
/// ```
///
/// Invariants. The priority of a task is its normal priority, or that of the most urgent waiter of its mutexes if that
/// is more urgent. The waiters of a mutex are in the order of their priorities, and equals in the order in which they
/// came to theirs. No chain of owners leads back to where it began.
///
/// - Complexity: O(chain * (mutexes + waiters)).
/// - Source: Linux, kernel/locking/rtmutex.c, `rt_mutex_adjust_prio_chain()`.
/// - Simplified: Linux keeps waiters in red-black trees, and walks the chain one locked step at a time, so it must
///   check at each step whether the chain has changed.
struct PriorityInheritance: MutexProtocol {
  // lab:begin declare: the owner and the waiters of each mutex, and the mutex that each task waits for
  private struct Row {
    var owner: TaskID?
    /// The waiters: the most urgent first, and of equals the one that has had its priority longest.
    var waiters: [TaskID] = []
  }

  private var rows: [Row] = []
  private var awaited: [TaskID: MutexID] = [:]
  // lab:end

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    // lab:begin acquire the mutex if it is free; refuse to let a task wait for itself; else wait, and boost the owner
    while rows.count <= mutex.index { rows.append(Row()) }
    guard let owner = rows[mutex.index].owner else {
      rows[mutex.index].owner = task
      return .acquired
    }
    guard !chain(from: owner, reaches: task) else { throw .EDEADLK }
    awaited[task] = mutex
    insert(task, into: mutex, entities)
    adjustChain(from: owner, in: &entities)
    return .wait
    // lab:end
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    // lab:begin hand the mutex to its first waiter; the old owner keeps only what it inherits through other mutexes
    guard owner(of: mutex) == task else { throw .EPERM }
    let next = rows[mutex.index].waiters.first
    rows[mutex.index].owner = next
    if let next {
      rows[mutex.index].waiters.removeFirst()
      awaited[next] = nil
    }
    adjustChain(from: task, in: &entities)
    return next
    // lab:end
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    // lab:begin the task no longer waits, and no owner inherits its priority any longer
    rows[mutex.index].waiters.removeAll { $0 == task }
    awaited[task] = nil
    if let owner = rows[mutex.index].owner { adjustChain(from: owner, in: &entities) }
    // lab:end
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    // lab:begin set the priority of the task again, and of all those whose priorities follow from it
    adjustChain(from: task, in: &entities)
    // lab:end
  }

  func owner(of mutex: MutexID) -> TaskID? {
    // lab:begin return the owner of the mutex, which may be one that no task has asked for yet
    rows.indices.contains(mutex.index) ? rows[mutex.index].owner : nil
    // lab:end
  }

  // lab:begin declare: the walk along the chain: a task, the mutex it waits for, its owner, the next mutex, and so on
  /// Sets the priorities of `task` and of the owners along the chain as their waiters require, until one is unchanged.
  private mutating func adjustChain(from task: TaskID, in entities: inout EntityTable) {
    var task = task
    for _ in 0...maximumLockDepth {
      let due = duePriority(of: task, entities)
      guard due != entities[task].priority else { return }
      entities.setPriority(of: task, to: due)
      guard let mutex = awaited[task], let owner = rows[mutex.index].owner else { return }
      rows[mutex.index].waiters.removeAll { $0 == task }
      insert(task, into: mutex, entities)
      task = owner
    }
  }

  /// Returns the normal priority of a task, or that of the first waiter of one of its mutexes if that is more urgent.
  private func duePriority(of task: TaskID, _ entities: EntityTable) -> Int {
    var due = entities[task].normalPriority
    for row in rows where row.owner == task {
      if let first = row.waiters.first { due = min(due, entities[first].priority) }
    }
    return due
  }

  /// Queues a task behind all waiters that are as urgent as it is, or more urgent.
  private mutating func insert(_ task: TaskID, into mutex: MutexID, _ entities: EntityTable) {
    let priority = entities[task].priority
    var place = 0
    for waiter in rows[mutex.index].waiters where entities[waiter].priority <= priority { place += 1 }
    rows[mutex.index].waiters.insert(task, at: place)
  }

  /// Whether a task that waits for `owner` also waits, through any number of owners, for `task`.
  private func chain(from owner: TaskID, reaches task: TaskID) -> Bool {
    var owner = owner
    for _ in 0..<maximumLockDepth {
      if owner == task { return true }
      guard let mutex = awaited[owner], let next = rows[mutex.index].owner else { return false }
      owner = next
    }
    return true
  }
  // lab:end
}
