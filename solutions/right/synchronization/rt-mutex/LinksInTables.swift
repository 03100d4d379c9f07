// Design: as in C: waiters are lists of rows, linked by tables of numbers; an owner is a row, or 0.
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private var owner: [Int] = []
  private var head: [Int] = []
  private var next: [Int] = []
  /// One more than the mutex that a row waits for.
  private var blocked: [Int] = []

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    grow(mutex.index, task.index)
    if owner[mutex.index] == 0 {
      owner[mutex.index] = task.index
      return .acquired
    }
    var row = owner[mutex.index]
    for _ in 0..<maximumLockDepth {
      if row == task.index { throw .EDEADLK }
      if blocked[row] == 0 { break }
      row = owner[blocked[row] - 1]
    }
    blocked[task.index] = mutex.index + 1
    link(task.index, mutex.index, entities)
    adjust(owner[mutex.index], &entities)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    guard mutex.index < owner.count, owner[mutex.index] == task.index else { throw .EPERM }
    let first = head[mutex.index]
    owner[mutex.index] = first
    if first != 0 {
      head[mutex.index] = next[first]
      blocked[first] = 0
    }
    adjust(task.index, &entities)
    return first == 0 ? nil : TaskID(first)
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    unlink(task.index, mutex.index)
    blocked[task.index] = 0
    adjust(owner[mutex.index], &entities)
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    grow(0, task.index)
    adjust(task.index, &entities)
  }

  func owner(of mutex: MutexID) -> TaskID? {
    mutex.index < owner.count && owner[mutex.index] != 0 ? TaskID(owner[mutex.index]) : nil
  }

  private mutating func grow(_ mutex: Int, _ row: Int) {
    while owner.count <= mutex {
      owner.append(0)
      head.append(0)
    }
    while next.count <= row {
      next.append(0)
      blocked.append(0)
    }
  }

  private mutating func link(_ row: Int, _ mutex: Int, _ entities: EntityTable) {
    let priority = entities[TaskID(row)].priority
    var before = 0
    var after = head[mutex]
    while after != 0, entities[TaskID(after)].priority <= priority {
      before = after
      after = next[after]
    }
    next[row] = after
    if before == 0 { head[mutex] = row } else { next[before] = row }
  }

  private mutating func unlink(_ row: Int, _ mutex: Int) {
    if head[mutex] == row {
      head[mutex] = next[row]
      return
    }
    var before = head[mutex]
    while next[before] != row { before = next[before] }
    next[before] = next[row]
  }

  private mutating func adjust(_ first: Int, _ entities: inout EntityTable) {
    var row = first
    while row != 0 {
      let task = TaskID(row)
      var due = entities[task].normalPriority
      for mutex in owner.indices where owner[mutex] == row && head[mutex] != 0 {
        due = min(due, entities[TaskID(head[mutex])].priority)
      }
      if due == entities[task].priority { return }
      entities.setPriority(of: task, to: due)
      if blocked[row] == 0 { return }
      let mutex = blocked[row] - 1
      unlink(row, mutex)
      link(row, mutex, entities)
      row = owner[mutex]
    }
  }
}
