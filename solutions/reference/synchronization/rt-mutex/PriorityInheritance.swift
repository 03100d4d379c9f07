import LabKernel

/// Mutexes whose owners are as urgent as the most urgent task that waits for them, through any number of mutexes.
///
/// ```
///   H 70 --waits for--> m1 --owned by--> M 50 --waits for--> m0 --owned by--> L 30
///   so M and L are at 70, and M is the first of those that wait for m0
/// ```
///
/// Invariants: a task is as urgent as the most urgent of itself, by its normal priority, and all that wait for mutexes
/// that it owns. Those that wait for a mutex are in the order of their priorities, and equals in the order in which
/// they came to theirs. No chain of owners leads back to where it began.
///
/// - Complexity: O(chain * (mutexes + waiters)).
/// - Source: Linux, kernel/locking/rtmutex.c, `rt_mutex_adjust_prio_chain()`.
/// - Simplified: Linux keeps waiters in red-black trees, and walks the chain one locked step at a time, so that it must
///   look at each step whether the world is still the same.
struct PriorityInheritance: MutexProtocol {
  // lab:begin declare: who owns each mutex, who waits for it, and for which mutex a task waits
  private struct Row {
    var owner: TaskID?
    /// Who waits: the most urgent first, and of equals the one that has been as urgent for longest.
    var waiters: [TaskID] = []
  }

  private var rows: [Row] = []
  private var awaited: [TaskID: MutexID] = [:]
  // lab:end

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    // lab:begin take the mutex if it is free; refuse who would wait for itself; else wait, and make the owner hurry
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
    // lab:begin hand the mutex to the first of those that wait; the old owner keeps only what it inherits by other mutexes
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
    // lab:begin the task waits no longer: who was urgent because of it is so no longer
    rows[mutex.index].waiters.removeAll { $0 == task }
    awaited[task] = nil
    if let owner = rows[mutex.index].owner { adjustChain(from: owner, in: &entities) }
    // lab:end
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    // lab:begin set the priority of the task anew, and of all those whose priorities follow from it
    adjustChain(from: task, in: &entities)
    // lab:end
  }

  func owner(of mutex: MutexID) -> TaskID? {
    // lab:begin say who has the mutex; it may be one that nobody has asked for yet
    rows.indices.contains(mutex.index) ? rows[mutex.index].owner : nil
    // lab:end
  }

  // lab:begin declare: the walk along the chain: a task, the mutex it waits for, its owner, the mutex that one waits for
  /// Gives `task` and the owners behind it the priorities that follow from who waits, as far as there is a change.
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

  /// The priority that a task asks for, or that of the first waiter of one of its mutexes, if that is more urgent.
  private func duePriority(of task: TaskID, _ entities: EntityTable) -> Int {
    var due = entities[task].normalPriority
    for row in rows where row.owner == task {
      if let first = row.waiters.first { due = min(due, entities[first].priority) }
    }
    return due
  }

  /// Puts a task behind all waiters that are as urgent as it is, or more.
  private mutating func insert(_ task: TaskID, into mutex: MutexID, _ entities: EntityTable) {
    let priority = entities[task].priority
    var place = 0
    for waiter in rows[mutex.index].waiters where entities[waiter].priority <= priority { place += 1 }
    rows[mutex.index].waiters.insert(task, at: place)
  }

  /// Whether who waits for `owner` waits, through whatever owners, for `task`.
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
