// Misconception: A ticket of eight bits is enough to tell which waiter came first, because there are never more than a
// few dozen waiters at a time.
// Breaks: equals in again
// Killed by: hand-over
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private struct Row {
    var owner: TaskID?
    /// Who waits, in no order: the tickets say who is first.
    var waiters: [TaskID] = []
  }

  private var rows: [Row] = []
  private var waitsFor: [TaskID: MutexID] = [:]
  /// Drawn when a task begins to wait, and whenever its priority changes while it waits.
  private var tickets: [TaskID: UInt8] = [:]
  private var nextTicket: UInt8 = 0

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    while rows.count <= mutex.index { rows.append(Row()) }
    guard let holder = rows[mutex.index].owner else {
      rows[mutex.index].owner = task
      return .acquired
    }
    guard !leads(from: holder, to: task) else { throw .EDEADLK }
    waitsFor[task] = mutex
    rows[mutex.index].waiters.append(task)
    drawTicket(task)
    adjust(holder, &entities)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard owner(of: mutex) == task else { throw .EPERM }
    let next = first(of: rows[mutex.index], entities)
    rows[mutex.index].owner = next
    if let next { remove(next, from: mutex) }
    adjust(task, &entities)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    guard waitsFor[task] == mutex else { return }
    remove(task, from: mutex)
    if let holder = rows[mutex.index].owner { adjust(holder, &entities) }
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    adjust(task, &entities)
  }

  func owner(of mutex: MutexID) -> TaskID? {
    rows.indices.contains(mutex.index) ? rows[mutex.index].owner : nil
  }

  private mutating func drawTicket(_ task: TaskID) {
    tickets[task] = nextTicket
    nextTicket &+= 1
  }

  private mutating func remove(_ task: TaskID, from mutex: MutexID) {
    waitsFor[task] = nil
    rows[mutex.index].waiters.removeAll { $0 == task }
  }

  /// The most urgent, and of equals the one with the oldest ticket.
  private func first(of row: Row, _ entities: EntityTable) -> TaskID? {
    row.waiters.min {
      let (one, other) = (entities[$0].priority, entities[$1].priority)
      return one != other ? one < other : tickets[$0, default: 0] < tickets[$1, default: 0]
    }
  }

  private func leads(from first: TaskID, to task: TaskID) -> Bool {
    var current = first
    for _ in 0...maximumLockDepth {
      if current == task { return true }
      guard let mutex = waitsFor[current], let next = rows[mutex.index].owner else { return false }
      current = next
    }
    return false
  }

  private func demanded(of task: TaskID, _ entities: EntityTable) -> Int {
    var best = entities[task].normalPriority
    for row in rows where row.owner == task {
      if let first = first(of: row, entities) { best = min(best, entities[first].priority) }
    }
    return best
  }

  private mutating func adjust(_ first: TaskID, _ entities: inout EntityTable) {
    var task = first
    for _ in 0...maximumLockDepth {
      let wanted = demanded(of: task, entities)
      guard wanted != entities[task].priority else { return }
      entities.setPriority(of: task, to: wanted)
      guard let mutex = waitsFor[task] else { return }
      drawTicket(task)
      guard let next = rows[mutex.index].owner else { return }
      task = next
    }
  }
}
