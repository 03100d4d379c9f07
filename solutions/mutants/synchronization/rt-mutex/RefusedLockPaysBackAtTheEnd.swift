// Misconception: A lock that closes a cycle may wait and lend first and then be undone like giveUp, because that
// restores all priorities; but the boosted tasks went to other places on their queues and come back behind their
// equals.
// Breaks: refusal in plain
// Killed by: after-refusal, mixed-workload
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private struct Row {
    var owner: TaskID?
    /// The most urgent first, equals in the order in which they came.
    var queue: [TaskID] = []
  }

  private var rows: [Row] = []
  private var waitsFor: [TaskID: MutexID] = [:]

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    while rows.count <= mutex.index { rows.append(Row()) }
    guard let holder = rows[mutex.index].owner else {
      rows[mutex.index].owner = task
      return .acquired
    }
    waitsFor[task] = mutex
    enqueue(task, for: mutex, entities)
    adjust(holder, &entities)
    if leads(from: holder, to: task) {
      giveUp(mutex, by: task, in: &entities)
      throw .EDEADLK
    }
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard owner(of: mutex) == task else { throw .EPERM }
    let next = rows[mutex.index].queue.isEmpty ? nil : rows[mutex.index].queue.removeFirst()
    rows[mutex.index].owner = next
    if let next { waitsFor[next] = nil }
    adjust(task, &entities)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    guard waitsFor[task] == mutex else { return }
    waitsFor[task] = nil
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
      guard let mutex = waitsFor[current], let next = rows[mutex.index].owner else { return false }
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
      guard let mutex = waitsFor[task], let next = rows[mutex.index].owner else { return }
      task = next
    }
  }
}
