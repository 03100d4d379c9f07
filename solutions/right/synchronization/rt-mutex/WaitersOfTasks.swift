// Design: as in Linux: each mutex has its waiters, and each task a list of the first waiters of its mutexes.
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private struct Lock {
    var owner: TaskID?
    var waiters: [TaskID] = []
  }

  private var locks: [Int: Lock] = [:]
  private var blockedOn: [TaskID: Int] = [:]
  /// The first waiters of what a task owns, with the mutexes: Linux's `pi_waiters`.
  private var donors: [TaskID: [(mutex: Int, waiter: TaskID)]] = [:]

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    guard let owner = locks[mutex.index]?.owner else {
      locks[mutex.index] = Lock(owner: task)
      return .acquired
    }
    var current = owner
    while current != task, let wanted = blockedOn[current], let next = locks[wanted]?.owner { current = next }
    if current == task { throw .EDEADLK }
    blockedOn[task] = mutex.index
    insert(task, mutex.index, entities)
    propagate(from: mutex.index, &entities)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard owner(of: mutex) == task else { throw .EPERM }
    donors[task]?.removeAll { $0.mutex == mutex.index }
    let next = locks[mutex.index]?.waiters.first
    if let next {
      locks[mutex.index]?.waiters.removeFirst()
      blockedOn[next] = nil
    }
    locks[mutex.index]?.owner = next
    donate(mutex.index)
    if setPriority(of: task, &entities), let wanted = blockedOn[task] { propagate(from: wanted, &entities) }
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    blockedOn[task] = nil
    locks[mutex.index]?.waiters.removeAll { $0 == task }
    propagate(from: mutex.index, &entities)
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    guard setPriority(of: task, &entities), let wanted = blockedOn[task] else { return }
    reinsert(task, wanted, entities)
    propagate(from: wanted, &entities)
  }

  func owner(of mutex: MutexID) -> TaskID? { locks[mutex.index]?.owner }

  private mutating func insert(_ task: TaskID, _ mutex: Int, _ entities: EntityTable) {
    var waiters = locks[mutex]?.waiters ?? []
    var place = 0
    while place < waiters.count, entities[waiters[place]].priority <= entities[task].priority {
      place += 1
    }
    waiters.insert(task, at: place)
    locks[mutex]?.waiters = waiters
  }

  private mutating func reinsert(_ task: TaskID, _ mutex: Int, _ entities: EntityTable) {
    locks[mutex]?.waiters.removeAll { $0 == task }
    insert(task, mutex, entities)
  }

  /// Enters the first waiter of a mutex with its owner.
  private mutating func donate(_ mutex: Int) {
    guard let owner = locks[mutex]?.owner else { return }
    donors[owner, default: []].removeAll { $0.mutex == mutex }
    if let first = locks[mutex]?.waiters.first { donors[owner, default: []].append((mutex, first)) }
  }

  private mutating func setPriority(of task: TaskID, _ entities: inout EntityTable) -> Bool {
    var due = entities[task].normalPriority
    for donor in donors[task] ?? [] { due = min(due, entities[donor.waiter].priority) }
    guard due != entities[task].priority else { return false }
    entities.setPriority(of: task, to: due)
    return true
  }

  private mutating func propagate(from mutex: Int, _ entities: inout EntityTable) {
    var mutex = mutex
    for _ in 0..<maximumLockDepth {
      donate(mutex)
      guard let owner = locks[mutex]?.owner, setPriority(of: owner, &entities), let next = blockedOn[owner] else {
        return
      }
      reinsert(owner, next, entities)
      mutex = next
    }
  }
}
