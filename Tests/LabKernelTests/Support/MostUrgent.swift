import LabKernel

/// A class that goes by priorities and has no time slices, so that a change of priority is seen in the schedule.
struct MostUrgent: SchedulingClass {
  private var order: [TaskID] = []

  init() {}

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    let mine = tasks[task].scheduling.priority
    let place = order.firstIndex { neighbour in
      let theirs = tasks[neighbour].scheduling.priority
      return end == .head ? theirs >= mine : theirs > mine
    }
    order.insert(task, at: place ?? order.endIndex)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) { order.removeAll { $0 == task } }
  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? { order.first }
  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {}
  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool { false }
  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    let (mine, theirs) = (tasks[task].scheduling.priority, tasks[running].scheduling.priority)
    return mine < theirs
  }
}

/// Mutexes whose owners have the most urgent priority of all: `PTHREAD_PRIO_PROTECT` with one ceiling.
struct CeilingMutex: MutexProtocol {
  private var plain = PlainMutex()

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in tasks: inout TaskTable) throws(Errno) -> LockAnswer {
    let answer = try plain.lock(mutex, by: task, in: &tasks)
    if answer == .acquired { tasks.setPriority(of: task, to: 0) }
    return answer
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in tasks: inout TaskTable) throws(Errno) -> TaskID? {
    let next = try plain.unlock(mutex, by: task, in: &tasks)
    tasks.setPriority(of: task, to: tasks[task].scheduling.normalPriority)
    if let next { tasks.setPriority(of: next, to: 0) }
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in tasks: inout TaskTable) {
    plain.giveUp(mutex, by: task, in: &tasks)
  }

  mutating func normalPriorityChanged(of task: TaskID, in tasks: inout TaskTable) {
    let isProtected = tasks[task].scheduling.priority == 0
    tasks.setPriority(of: task, to: isProtected ? 0 : tasks[task].scheduling.normalPriority)
  }

  func owner(of mutex: MutexID) -> TaskID? { plain.owner(of: mutex) }
}

extension Components {
  /// The baseline, with a real-time class that goes by priorities, and these mutexes.
  static func byPriority(_ mutex: any MutexProtocol.Type) -> Components {
    var components = Components.baseline
    components.realtime = MostUrgent.self
    components.mutex = mutex
    return components
  }
}
