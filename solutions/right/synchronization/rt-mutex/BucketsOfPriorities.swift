// Design: each mutex has a queue for each of 140 priorities; its first waiter is the first on the first non-empty
// queue.
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private struct Buckets {
    private var queues: [[TaskID]] = []

    var first: TaskID? { queues.first { !$0.isEmpty }?.first }
    var least: Int? { queues.firstIndex { !$0.isEmpty } }

    mutating func add(_ task: TaskID, _ priority: Int) {
      while queues.count <= priority { queues.append([]) }
      queues[priority].append(task)
    }

    mutating func remove(_ task: TaskID) {
      for priority in queues.indices { queues[priority].removeAll { $0 == task } }
    }
  }

  private var owners = Array(repeating: TaskID?.none, count: 100)
  private var waiters = Array(repeating: Buckets(), count: 100)
  private var wanted: [TaskID: Int] = [:]

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    guard let owner = owners[mutex.index] else {
      owners[mutex.index] = task
      return .acquired
    }
    let (now, edges) = (owners, wanted)
    let chain = sequence(first: owner) { edges[$0].flatMap { now[$0] } }
    if chain.contains(task) { throw .EDEADLK }
    wanted[task] = mutex.index
    waiters[mutex.index].add(task, entities[task].priority)
    update(owner, &entities)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    if owners[mutex.index] != task { throw .EPERM }
    owners[mutex.index] = waiters[mutex.index].first
    if let next = owners[mutex.index] {
      waiters[mutex.index].remove(next)
      wanted[next] = nil
      update(next, &entities)
    }
    update(task, &entities)
    return owners[mutex.index]
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    waiters[mutex.index].remove(task)
    wanted[task] = nil
    if let owner = owners[mutex.index] { update(owner, &entities) }
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) { update(task, &entities) }

  func owner(of mutex: MutexID) -> TaskID? { owners[mutex.index] }

  private mutating func update(_ task: TaskID, _ entities: inout EntityTable) {
    let lent = owners.indices.filter { owners[$0] == task }.compactMap { waiters[$0].least }.min()
    let due = min(entities[task].normalPriority, lent ?? .max)
    if due == entities[task].priority { return }
    entities.setPriority(of: task, to: due)
    guard let mutex = wanted[task] else { return }
    waiters[mutex].remove(task)
    waiters[mutex].add(task, due)
    if let owner = owners[mutex] { update(owner, &entities) }
  }
}
