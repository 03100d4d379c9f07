// Misconception: each waiter knows the task that it waits for; when the mutex changes hands, only the new first waiter
// has to be pointed to the new owner, because the others are queued behind it.
// Breaks: new-owner in plain
// Killed by: mixed-workload, new-owner
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private struct Row {
    var owner: TaskID?
    /// The most urgent first, equals in the order in which they came.
    var queue: [TaskID] = []
  }

  private var rows: [Row] = []
  private var waitsFor: [TaskID: MutexID] = [:]
  /// The task that has what a task waits for: the walk need not look up the mutex.
  private var blockedBy: [TaskID: TaskID] = [:]

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    while rows.count <= mutex.index { rows.append(Row()) }
    guard let holder = rows[mutex.index].owner else {
      rows[mutex.index].owner = task
      return .acquired
    }
    guard !leads(from: holder, to: task) else { throw .EDEADLK }
    waitsFor[task] = mutex
    blockedBy[task] = holder
    enqueue(task, for: mutex, entities)
    adjust(holder, &entities)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard owner(of: mutex) == task else { throw .EPERM }
    let next = rows[mutex.index].queue.isEmpty ? nil : rows[mutex.index].queue.removeFirst()
    rows[mutex.index].owner = next
    if let next {
      waitsFor[next] = nil
      blockedBy[next] = nil
      if let second = rows[mutex.index].queue.first { blockedBy[second] = next }
    }
    adjust(task, &entities)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    guard waitsFor[task] == mutex else { return }
    waitsFor[task] = nil
    blockedBy[task] = nil
    rows[mutex.index].queue.removeAll { $0 == task }
    if let holder = rows[mutex.index].owner { adjust(holder, &entities) }
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    adjust(task, &entities)
  }

  func owner(of mutex: MutexID) -> TaskID? {
    rows.indices.contains(mutex.index) ? rows[mutex.index].owner : nil
  }

  /// Whether the chain of owners that begins at `first` comes to `task`.
  private func leads(from first: TaskID, to task: TaskID) -> Bool {
    var current = first
    for _ in 0...maximumLockDepth {
      if current == task { return true }
      guard let next = blockedBy[current] else { return false }
      current = next
    }
    return false
  }

  /// The most urgent of what the task asks for and of those who wait for what it has.
  private func demanded(of task: TaskID, _ entities: EntityTable) -> Int {
    var best = entities[task].normalPriority
    for row in rows where row.owner == task {
      if let first = row.queue.first { best = min(best, entities[first].priority) }
    }
    return best
  }

  /// Puts the task behind its equals.
  private mutating func enqueue(_ task: TaskID, for mutex: MutexID, _ entities: EntityTable) {
    let priority = entities[task].priority
    let queue = rows[mutex.index].queue
    let place = queue.firstIndex { entities[$0].priority > priority } ?? queue.count
    rows[mutex.index].queue.insert(task, at: place)
  }

  /// Puts the task in order again where it waits.
  private mutating func requeue(_ task: TaskID, _ entities: EntityTable) {
    guard let mutex = waitsFor[task], let place = rows[mutex.index].queue.firstIndex(of: task) else { return }
    rows[mutex.index].queue.remove(at: place)
    enqueue(task, for: mutex, entities)
  }

  /// Along the chain, until a priority is right already.
  private mutating func adjust(_ first: TaskID, _ entities: inout EntityTable) {
    var task = first
    for _ in 0...maximumLockDepth {
      let wanted = demanded(of: task, entities)
      guard wanted != entities[task].priority else { return }
      entities.setPriority(of: task, to: wanted)
      requeue(task, entities)
      guard let next = blockedBy[task] else { return }
      task = next
    }
  }
}
