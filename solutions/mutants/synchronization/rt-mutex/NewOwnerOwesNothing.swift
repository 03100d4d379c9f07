// Misconception: the tasks that still wait have lent their priority to the old owner, and that is that.
// Breaks: new-owner in plain
// Plainly.
// Killed by: after-refusal, inheritance, mixed-workload, new-owner, next-owner, ordinary-tasks, owner-changed, time-out
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private struct Row {
    var owner: TaskID?
    var waiters: [TaskID] = []
    /// Those whose priority the owner has.
    var lenders: [TaskID] = []
  }

  private var rows: [Row] = []
  private var awaited: [TaskID: MutexID] = [:]

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    while rows.count <= mutex.index { rows.append(Row()) }
    guard let owner = rows[mutex.index].owner else {
      rows[mutex.index].owner = task
      return .acquired
    }
    if wouldDeadlock(task, owner) { throw .EDEADLK }
    awaited[task] = mutex
    insert(task, into: mutex, entities)
    rows[mutex.index].lenders.append(task)
    adjust(owner, in: &entities)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard owner(of: mutex) == task else { throw .EPERM }
    var next: TaskID?
    if !rows[mutex.index].waiters.isEmpty {
      let first = rows[mutex.index].waiters.removeFirst()
      awaited[first] = nil
      next = first
    }
    rows[mutex.index].owner = next
    rows[mutex.index].lenders = []
    adjust(task, in: &entities)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    awaited[task] = nil
    rows[mutex.index].waiters.removeAll { $0 == task }
    rows[mutex.index].lenders.removeAll { $0 == task }
    if let owner = rows[mutex.index].owner { adjust(owner, in: &entities) }
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    adjust(task, in: &entities)
  }

  func owner(of mutex: MutexID) -> TaskID? {
    mutex.index < rows.count ? rows[mutex.index].owner : nil
  }

  private mutating func adjust(_ first: TaskID, in entities: inout EntityTable) {
    var task = first
    for _ in 0...maximumLockDepth {
      let due = priority(of: task, entities)
      if due == entities[task].priority { return }
      entities.setPriority(of: task, to: due)
      guard let mutex = awaited[task], let owner = rows[mutex.index].owner else { return }
      rows[mutex.index].waiters.removeAll { $0 == task }
      insert(task, into: mutex, entities)
      task = owner
    }
  }

  private func priority(of task: TaskID, _ entities: EntityTable) -> Int {
    var best = entities[task].normalPriority
    for row in rows where row.owner == task {
      for waiter in row.lenders { best = min(best, entities[waiter].priority) }
    }
    return best
  }

  private mutating func insert(_ task: TaskID, into mutex: MutexID, _ entities: EntityTable) {
    var place = 0
    for waiter in rows[mutex.index].waiters {
      if entities[waiter].priority > entities[task].priority { break }
      place += 1
    }
    rows[mutex.index].waiters.insert(task, at: place)
  }

  private func wouldDeadlock(_ task: TaskID, _ owner: TaskID) -> Bool {
    var owner = owner
    for _ in 0..<maximumLockDepth {
      if owner == task { return true }
      guard let mutex = awaited[owner], let next = rows[mutex.index].owner else { return false }
      owner = next
    }
    return true
  }
}
