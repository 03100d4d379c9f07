// Misconception: the cycle is found on the way along the chain, and priorities lent on the way do no harm.
// Breaks: refusal in chain
// Killed by: after-refusal, hand-over, inheritance, long-chains, mixed-workload, moved-down, moved-up, new-owner,
//   ordinary-tasks, owner-changed, ownership, refused, same-priority, time-out, waiter-changed
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private struct Row {
    var owner: TaskID?
    var waiters: [TaskID] = []
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
    let isRing = wouldDeadlock(task, owner)
    awaited[task] = mutex
    insert(task, into: mutex, entities)
    adjust(owner, in: &entities)
    guard isRing else { return .wait }
    awaited[task] = nil
    rows[mutex.index].waiters.removeAll { $0 == task }
    throw .EDEADLK
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
    adjust(task, in: &entities)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    awaited[task] = nil
    rows[mutex.index].waiters.removeAll { $0 == task }
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
      for waiter in row.waiters { best = min(best, entities[waiter].priority) }
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
