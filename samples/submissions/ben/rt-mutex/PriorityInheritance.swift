import LabKernel

struct PriorityInheritance: MutexProtocol {
  private var owners: [MutexID: TaskID] = [:]
  private var waiters: [MutexID: [TaskID]] = [:]

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    guard let owner = owners[mutex] else {
      owners[mutex] = task
      return .acquired
    }
    if owner == task { throw .EDEADLK }
    waiters[mutex, default: []].append(task)
    // The owner must hurry now.
    if entities[task].priority < entities[owner].priority {
      entities.setPriority(of: owner, to: entities[task].priority)
    }
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard owners[mutex] == task else { throw .EPERM }
    let waiting = waiters[mutex] ?? []
    var next: TaskID?
    for one in waiting {
      if let best = next, entities[best].priority <= entities[one].priority { continue }
      next = one
    }
    waiters[mutex] = waiting.filter { $0 != next }
    owners[mutex] = next
    refresh(task, &entities)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    waiters[mutex]?.removeAll { $0 == task }
    if let owner = owners[mutex] { refresh(owner, &entities) }
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) { refresh(task, &entities) }

  func owner(of mutex: MutexID) -> TaskID? { owners[mutex] }

  private func refresh(_ task: TaskID, _ entities: inout EntityTable) {
    var priority = entities[task].normalPriority
    for (mutex, owner) in owners where owner == task {
      for one in waiters[mutex] ?? [] { priority = min(priority, entities[one].priority) }
    }
    entities.setPriority(of: task, to: priority)
  }
}
