// Design: after each call the priorities of all tasks are computed from scratch, round after round, until none
// changes.
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private var owners: [MutexID: TaskID] = [:]
  /// For what each task waits, with its priority and since when it has that.
  private var waits: [TaskID: (mutex: MutexID, priority: Int, since: Int)] = [:]
  private var known: Set<TaskID> = []
  private var clock = 0

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    known.insert(task)
    guard let owner = owners[mutex] else {
      owners[mutex] = task
      return .acquired
    }
    var next: TaskID? = owner
    while let current = next {
      if current == task { throw .EDEADLK }
      next = waits[current].flatMap { owners[$0.mutex] }
    }
    clock += 1
    waits[task] = (mutex, entities[task].priority, clock)
    settle(&entities)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard owners[mutex] == task else { throw .EPERM }
    let next = waits.filter { $0.value.mutex == mutex }
      .min { ($0.value.priority, $0.value.since) < ($1.value.priority, $1.value.since) }?.key
    owners[mutex] = next
    if let next { waits[next] = nil }
    settle(&entities)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    waits[task] = nil
    settle(&entities)
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    known.insert(task)
    settle(&entities)
  }

  func owner(of mutex: MutexID) -> TaskID? { owners[mutex] }

  private mutating func settle(_ entities: inout EntityTable) {
    var due: [TaskID: Int] = [:]
    for task in known { due[task] = entities[task].normalPriority }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (waiter, wait) in waits {
        guard let owner = owners[wait.mutex], let lent = due[waiter], let own = due[owner], lent < own else { continue }
        due[owner] = lent
        hasChanged = true
      }
    }
    for task in known.sorted(by: { $0.raw < $1.raw }) {
      guard let priority = due[task], priority != entities[task].priority else { continue }
      entities.setPriority(of: task, to: priority)
      clock += 1
      if let wait = waits[task] { waits[task] = (wait.mutex, priority, clock) }
    }
  }
}
