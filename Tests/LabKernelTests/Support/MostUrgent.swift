import LabKernel

/// A class that goes by priority and has no time slices, so that a change of priority shows in the schedule.
struct MostUrgent: SchedulingClass {
  private var order: [TaskID] = []

  init() {}

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    let mine = context[task].priority
    let place = order.firstIndex { neighbour in
      let theirs = context[neighbour].priority
      return end == .head ? theirs >= mine : theirs > mine
    }
    order.insert(task, at: place ?? order.endIndex)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { order.removeAll { $0 == task } }
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { order.first }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { false }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    let (mine, theirs) = (context[task].priority, context[running].priority)
    return mine < theirs
  }
}

/// Mutexes whose owners have the most urgent priority of all: `PTHREAD_PRIO_PROTECT` with one ceiling.
struct CeilingMutex: MutexProtocol {
  private var plain = PlainMutex()

  init() {}

  mutating func lock(_ mutex: MutexID, by task: TaskID, in table: inout EntityTable) throws(Errno) -> LockAnswer {
    let answer = try plain.lock(mutex, by: task, in: &table)
    if answer == .acquired { table.setPriority(of: task, to: 0) }
    return answer
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in table: inout EntityTable) throws(Errno) -> TaskID? {
    let next = try plain.unlock(mutex, by: task, in: &table)
    table.setPriority(of: task, to: table[task].normalPriority)
    if let next { table.setPriority(of: next, to: 0) }
    return next
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in table: inout EntityTable) {
    plain.giveUp(mutex, by: task, in: &table)
  }

  mutating func normalPriorityChanged(of task: TaskID, in table: inout EntityTable) {
    let isProtected = table[task].priority == 0
    table.setPriority(of: task, to: isProtected ? 0 : table[task].normalPriority)
  }

  func owner(of mutex: MutexID) -> TaskID? { plain.owner(of: mutex) }
}

extension Components {
  /// The baseline, with a real-time class that goes by priority, and these mutexes.
  static func byPriority(_ mutex: any MutexProtocol.Type) -> Components {
    var components = Components.baseline
    components.scheduling.realtime = MostUrgent.self
    components.synchronization.mutex = mutex
    return components
  }
}
