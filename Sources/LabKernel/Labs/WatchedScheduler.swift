/// A scheduling class that announces each call, and then hands it on to the class that it watches.
struct WatchedScheduler: SchedulingClass {
  private var watched: any SchedulingClass
  private let calls: any CallLog

  /// Watches `scheduler` and tells `calls`.
  init(_ scheduler: any SchedulingClass, _ calls: any CallLog) {
    watched = scheduler
    self.calls = calls
  }

  /// Watches the baseline, and tells nobody.
  init() { self.init(RoundRobin(), SilentCallLog()) }

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    calls.willCall("enqueue(\(name(task, tasks)), at: .\(end.rawValue))")
    watched.enqueue(task, at: end, in: &tasks)
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    calls.willCall("dequeue(\(name(task, tasks)))")
    watched.dequeue(task, in: &tasks)
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    calls.willCall("pickNext()")
    return watched.pickNext(in: &tasks)
  }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    calls.willCall("yield(\(name(task, tasks)))")
    watched.yield(task, in: &tasks)
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    calls.willCall("tick(\(name(task, tasks)))")
    return watched.tick(task, in: &tasks)
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    let names = (name(task, tasks), name(running, tasks))
    calls.willCall("preempts(\(names.0), \(names.1))")
    return watched.preempts(task, running, in: tasks)
  }

  /// The letter of a task: the lab loads one program a task, in their order.
  private func name(_ task: TaskID, _ tasks: borrowing TaskTable) -> Character {
    RealtimeLab.letter(tasks[task].engine.program.index)
  }
}

extension Kernel {
  /// Has the real-time classes of all CPUs watched.
  ///
  /// Nobody must be enqueued yet.
  mutating func watchRealtime(_ calls: any CallLog) {
    for cpu in cpus.indices {
      cpus[cpu].runQueue.realtime = WatchedScheduler(cpus[cpu].runQueue.realtime, calls)
    }
  }
}
