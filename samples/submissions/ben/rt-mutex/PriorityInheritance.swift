import LabKernel

struct PriorityInheritance: MutexProtocol {
  private var owners: [MutexID: TaskID] = [:]
  private var waiters: [MutexID: [TaskID]] = [:]

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in tasks: inout TaskTable) throws(Errno) -> LockAnswer {
    guard let owner = owners[mutex] else {
      owners[mutex] = task
      return .acquired
    }
    if owner == task { throw .EDEADLK }
    waiters[mutex, default: []].append(task)
    // The owner must hurry now.
    if tasks[task].scheduling.priority < tasks[owner].scheduling.priority {
      tasks.setPriority(of: owner, to: tasks[task].scheduling.priority)
    }
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in tasks: inout TaskTable) throws(Errno) -> TaskID? {
    guard owners[mutex] == task else { throw .EPERM }
    let waiting = waiters[mutex] ?? []
    var next: TaskID?
    for one in waiting {
      if let best = next, tasks[best].scheduling.priority <= tasks[one].scheduling.priority { continue }
      next = one
    }
    waiters[mutex] = waiting.filter { $0 != next }
    owners[mutex] = next
    refresh(task, &tasks)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in tasks: inout TaskTable) {
    waiters[mutex]?.removeAll { $0 == task }
    if let owner = owners[mutex] { refresh(owner, &tasks) }
  }

  mutating func normalPriorityChanged(of task: TaskID, in tasks: inout TaskTable) { refresh(task, &tasks) }

  func owner(of mutex: MutexID) -> TaskID? { owners[mutex] }

  private func refresh(_ task: TaskID, _ tasks: inout TaskTable) {
    var priority = tasks[task].scheduling.normalPriority
    for (mutex, owner) in owners where owner == task {
      for one in waiters[mutex] ?? [] { priority = min(priority, tasks[one].scheduling.priority) }
    }
    tasks.setPriority(of: task, to: priority)
  }
}
