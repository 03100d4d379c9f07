// Design: waiters in no order, each with its priority and the number of the call that gave it that priority.
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private struct Wait {
    let task: TaskID
    let mutex: MutexID
    var priority: Int
    var since: Int
  }

  private var owned: [(mutex: MutexID, owner: TaskID)] = []
  private var waits: [Wait] = []
  private var now = 0

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    guard owner(of: mutex) != nil else {
      owned.append((mutex, task))
      return .acquired
    }
    var wanted: MutexID? = mutex
    while let current = wanted, let owner = owner(of: current) {
      if owner == task { throw .EDEADLK }
      wanted = waits.first { $0.task == owner }?.mutex
    }
    now += 1
    waits.append(Wait(task: task, mutex: mutex, priority: entities[task].priority, since: now))
    repair(&entities)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard let place = owned.firstIndex(where: { $0.mutex == mutex && $0.owner == task }) else { throw .EPERM }
    owned.remove(at: place)
    let next = waits.filter { $0.mutex == mutex }.min { ($0.priority, $0.since) < ($1.priority, $1.since) }
    if let next {
      owned.append((mutex, next.task))
      waits.removeAll { $0.task == next.task }
    }
    correct(task, &entities)
    repair(&entities)
    return next?.task
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    waits.removeAll { $0.task == task }
    repair(&entities)
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    correct(task, &entities)
    repair(&entities)
  }

  func owner(of mutex: MutexID) -> TaskID? { owned.first { $0.mutex == mutex }?.owner }

  /// Corrects owners until all are right: with no rings, this ends.
  private mutating func repair(_ entities: inout EntityTable) {
    while let wrong = owned.first(where: { due($0.owner, entities) != entities[$0.owner].priority }) {
      correct(wrong.owner, &entities)
    }
  }

  private mutating func correct(_ task: TaskID, _ entities: inout EntityTable) {
    let due = due(task, entities)
    guard due != entities[task].priority else { return }
    entities.setPriority(of: task, to: due)
    guard let place = waits.firstIndex(where: { $0.task == task }) else { return }
    now += 1
    waits[place].priority = due
    waits[place].since = now
  }

  private func due(_ task: TaskID, _ entities: EntityTable) -> Int {
    var due = entities[task].normalPriority
    for wait in waits where owner(of: wait.mutex) == task { due = min(due, entities[wait.task].priority) }
    return due
  }
}
