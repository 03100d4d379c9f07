// Misconception: 26 tasks make a chain of 25 owners, so 25 steps are enough for every walk; but the walk of
// normalPriorityChanged begins with the waiting task itself, and has 26.
// Breaks: waiter-changed in chain
// Killed by: waiter-changed
import LabKernel

struct PriorityInheritance: MutexProtocol {
  private struct Row {
    var owner: TaskID?
    /// The most urgent first, equals in the order in which they came.
    var queue: [TaskID] = []
  }

  /// There are 26 tasks, and the first of a chain is no owner.
  private let longestChain = 25

  private var rows: [Row] = []
  private var waitsFor: [TaskID: MutexID] = [:]

  mutating func lock(_ mutex: MutexID, by task: TaskID, in tasks: inout TaskTable) throws(Errno) -> LockAnswer {
    while rows.count <= mutex.index { rows.append(Row()) }
    guard let holder = rows[mutex.index].owner else {
      rows[mutex.index].owner = task
      return .acquired
    }
    guard !leads(from: holder, to: task) else { throw .EDEADLK }
    waitsFor[task] = mutex
    enqueue(task, for: mutex, tasks)
    adjust(holder, &tasks)
    return .wait
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in tasks: inout TaskTable) throws(Errno) -> TaskID? {
    guard owner(of: mutex) == task else { throw .EPERM }
    let next = rows[mutex.index].queue.isEmpty ? nil : rows[mutex.index].queue.removeFirst()
    rows[mutex.index].owner = next
    if let next { waitsFor[next] = nil }
    adjust(task, &tasks)
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in tasks: inout TaskTable) {
    guard waitsFor[task] == mutex else { return }
    waitsFor[task] = nil
    rows[mutex.index].queue.removeAll { $0 == task }
    if let holder = rows[mutex.index].owner { adjust(holder, &tasks) }
  }

  mutating func normalPriorityChanged(of task: TaskID, in tasks: inout TaskTable) {
    adjust(task, &tasks)
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
  private func demanded(of task: TaskID, _ tasks: TaskTable) -> Int {
    var best = tasks[task].scheduling.normalPriority
    for row in rows where row.owner == task {
      if let first = row.queue.first { best = min(best, tasks[first].scheduling.priority) }
    }
    return best
  }

  /// Puts the task behind its equals.
  private mutating func enqueue(_ task: TaskID, for mutex: MutexID, _ tasks: TaskTable) {
    let priority = tasks[task].scheduling.priority
    let queue = rows[mutex.index].queue
    let place = queue.firstIndex { tasks[$0].scheduling.priority > priority } ?? queue.count
    rows[mutex.index].queue.insert(task, at: place)
  }

  /// Puts the task in order again where it waits.
  private mutating func requeue(_ task: TaskID, _ tasks: TaskTable) {
    guard let mutex = waitsFor[task], let place = rows[mutex.index].queue.firstIndex(of: task) else { return }
    rows[mutex.index].queue.remove(at: place)
    enqueue(task, for: mutex, tasks)
  }

  /// Along the chain, until a priority is right already.
  private mutating func adjust(_ first: TaskID, _ tasks: inout TaskTable) {
    var task = first
    for _ in 0..<longestChain {
      let wanted = demanded(of: task, tasks)
      guard wanted != tasks[task].scheduling.priority else { return }
      tasks.setPriority(of: task, to: wanted)
      requeue(task, tasks)
      guard let mutex = waitsFor[task], let next = rows[mutex.index].owner else { return }
      task = next
    }
  }
}
