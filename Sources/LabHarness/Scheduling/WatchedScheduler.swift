internal import LabKernel

/// A scheduling class that announces each call, hands it on to the class that it watches, and looks at what that did to
/// the tasks.
struct WatchedScheduler: SchedulingClass {
  private var watched: any SchedulingClass
  private let calls: any CallLog
  /// The first call that changed what is not the class's to change, in a sentence; empty for none.
  private(set) var trespass = ""

  /// Watches `scheduler` and tells `calls`.
  init(_ scheduler: any SchedulingClass, _ calls: any CallLog) {
    watched = scheduler
    self.calls = calls
  }

  /// Watches the baseline, and tells nobody.
  init() { self.init(RoundRobin(), SilentCallLog()) }

  mutating func enqueue(_ task: TaskID, at end: QueueEnd, in tasks: inout TaskTable) {
    calls.willCall("enqueue(\(name(task, tasks)), at: .\(end.rawValue))")
    let before = entities(tasks)
    watched.enqueue(task, at: end, in: &tasks)
    compare(before, tasks, after: "enqueue")
  }

  mutating func dequeue(_ task: TaskID, in tasks: inout TaskTable) {
    calls.willCall("dequeue(\(name(task, tasks)))")
    let before = entities(tasks)
    watched.dequeue(task, in: &tasks)
    compare(before, tasks, after: "dequeue")
  }

  mutating func pickNext(in tasks: inout TaskTable) -> TaskID? {
    calls.willCall("pickNext()")
    let before = entities(tasks)
    defer { compare(before, tasks, after: "pickNext") }
    return watched.pickNext(in: &tasks)
  }

  mutating func yield(_ task: TaskID, in tasks: inout TaskTable) {
    calls.willCall("yield(\(name(task, tasks)))")
    let before = entities(tasks)
    watched.yield(task, in: &tasks)
    compare(before, tasks, after: "yield")
  }

  mutating func tick(_ task: TaskID, in tasks: inout TaskTable) -> Bool {
    calls.willCall("tick(\(name(task, tasks)))")
    let before = entities(tasks)
    defer { compare(before, tasks, after: "tick") }
    return watched.tick(task, in: &tasks)
  }

  func preempts(_ task: TaskID, _ running: TaskID, in tasks: borrowing TaskTable) -> Bool {
    let names = (name(task, tasks), name(running, tasks))
    calls.willCall("preempts(\(names.0), \(names.1))")
    return watched.preempts(task, running, in: tasks)
  }

  private func entities(_ tasks: borrowing TaskTable) -> [SchedulingEntity] {
    let rows = tasks.indices
    return rows.map { tasks[TaskID($0)].scheduling }
  }

  /// A class changes nothing of a task but its time slice and its level.
  private mutating func compare(_ before: [SchedulingEntity], _ tasks: borrowing TaskTable, after call: String) {
    guard trespass.isEmpty else { return }
    for (row, entity) in before.enumerated() {
      let task = TaskID(row)
      var allowed = entity
      allowed.timeSlice = tasks[task].scheduling.timeSlice
      allowed.level = tasks[task].scheduling.level
      guard tasks[task].scheduling != allowed || tasks[task].id != task else { continue }
      let who = row > 1 ? String(name(task, tasks)) : "a task of the kernel"
      trespass = "\(call) changed more of \(who) than timeSlice and level"
      return
    }
  }

  /// The letter of a task: the lab loads one program a task, in their order.
  private func name(_ task: TaskID, _ tasks: borrowing TaskTable) -> Character {
    Workload.letter(tasks[task].engine.program?.index ?? -1)
  }
}

extension Kernel {
  /// What the watched classes did that is not theirs to do, in a sentence; empty for nothing.
  var realtimeTrespass: String {
    realtimeClasses.lazy.compactMap { ($0 as? WatchedScheduler)?.trespass }.first { !$0.isEmpty } ?? ""
  }

  /// Has the real-time classes of all CPUs watched.
  ///
  /// Nobody must be enqueued yet.
  mutating func watchRealtime(_ calls: any CallLog) {
    realtimeClasses = realtimeClasses.map { WatchedScheduler($0, calls) }
  }
}
