// Design: the priority due to a task is computed recursively, and so is the walk along the chain.
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private var owners: [Int: TaskID] = [:]
  private var queues: [Int: [TaskID]] = [:]

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    guard let owner = owners[mutex.index] else {
      owners[mutex.index] = task
      return .acquired
    }
    if reaches(owner, task) { throw .EDEADLK }
    enter(task, mutex.index, entities)
    refresh(owner, &entities)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard owners[mutex.index] == task else { throw .EPERM }
    var queue = queues[mutex.index] ?? []
    let next = queue.isEmpty ? nil : queue.removeFirst()
    queues[mutex.index] = queue
    owners[mutex.index] = next
    refresh(task, &entities)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    queues[mutex.index]?.removeAll { $0 == task }
    if let owner = owners[mutex.index] { refresh(owner, &entities) }
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) { refresh(task, &entities) }

  func owner(of mutex: MutexID) -> TaskID? { owners[mutex.index] }

  /// The most urgent of a task and all that wait for it, and for those, and so on.
  private func due(_ task: TaskID, _ entities: EntityTable) -> Int {
    var least = entities[task].normalPriority
    for (mutex, owner) in owners where owner == task {
      for waiter in queues[mutex] ?? [] { least = min(least, due(waiter, entities)) }
    }
    return least
  }

  private func awaited(by task: TaskID) -> Int? { queues.first { $0.value.contains(task) }?.key }

  private func reaches(_ owner: TaskID, _ task: TaskID) -> Bool {
    owner == task || awaited(by: owner).flatMap { owners[$0] }.map { reaches($0, task) } ?? false
  }

  private mutating func enter(_ task: TaskID, _ mutex: Int, _ entities: EntityTable) {
    var queue = queues[mutex] ?? []
    var place = queue.count
    while place > 0, entities[queue[place - 1]].priority > entities[task].priority { place -= 1 }
    queue.insert(task, at: place)
    queues[mutex] = queue
  }

  private mutating func refresh(_ task: TaskID, _ entities: inout EntityTable) {
    let due = due(task, entities)
    let isMoved = due != entities[task].priority
    if isMoved { entities.setPriority(of: task, to: due) }
    guard isMoved, let mutex = awaited(by: task) else { return }
    queues[mutex]?.removeAll { $0 == task }
    enter(task, mutex, entities)
    if let owner = owners[mutex] { refresh(owner, &entities) }
  }
}
