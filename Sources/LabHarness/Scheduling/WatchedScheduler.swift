internal import LabKernel

/// A scheduling class that announces each call, hands it on to the class that it watches, and checks what the call did
/// to the tasks.
struct WatchedScheduler: SchedulingClass {
  private var watched: any SchedulingClass
  private let calls: any CallLog
  /// The letters of the tasks, in the order in which they begin.
  private let letters: [Character]
  /// The first call that changed what a class may not change, in a sentence; empty for none.
  private(set) var trespass = ""

  /// Watches `scheduler` and announces its calls to `calls`.
  init(_ scheduler: any SchedulingClass, _ calls: any CallLog, letters: [Character]) {
    watched = scheduler
    self.calls = calls
    self.letters = letters
  }

  /// Watches the baseline, and announces nothing.
  init() { self.init(RoundRobin(), SilentCallLog(), letters: []) }

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    calls.willCall("enqueue(\(name(task, context)), .\(why.rawValue), at: .\(end.rawValue))")
    let before = context.entities
    watched.enqueue(task, why, at: end, in: &context)
    compare(before, context, after: "enqueue")
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    calls.willCall("dequeue(\(name(task, context)))")
    let before = context.entities
    watched.dequeue(task, in: &context)
    compare(before, context, after: "dequeue")
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    calls.willCall("pickNext()")
    let before = context.entities
    defer { compare(before, context, after: "pickNext") }
    return watched.pickNext(in: &context)
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    calls.willCall("yield(\(name(task, context)))")
    let before = context.entities
    watched.yield(task, in: &context)
    compare(before, context, after: "yield")
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    calls.willCall("tick(\(name(task, context)))")
    let before = context.entities
    defer { compare(before, context, after: "tick") }
    return watched.tick(task, in: &context)
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    calls.willCall("preempts(\(name(task, context)), \(name(running, context)))")
    return watched.preempts(task, running, in: context)
  }

  mutating func charge(_ task: TaskID, _ time: Duration, in context: inout SchedulingContext) {
    calls.willCall("charge(\(name(task, context)), \(time))")
    let before = context.entities
    watched.charge(task, time, in: &context)
    compare(before, context, after: "charge")
  }

  /// Checks that a call has changed nothing of any task but its time slice and its level.
  private mutating func compare(_ before: EntityTable, _ context: SchedulingContext, after call: String) {
    guard trespass.isEmpty else { return }
    for row in 0..<before.count {
      let task = TaskID(row)
      var allowed = before[task]
      allowed.timeSlice = context[task].timeSlice
      allowed.level = context[task].level
      guard context[task] != allowed else { continue }
      let who = row > 1 ? String(letter(before.pid(of: task))) : "a task of the kernel"
      trespass = "\(call) changed more of \(who) than timeSlice and level"
      return
    }
  }

  private func name(_ task: TaskID, _ context: SchedulingContext) -> Character { letter(context.pid(of: task)) }

  /// Returns the letter of a task: pids are given in the order in which tasks begin, the first one after idle and init.
  private func letter(_ pid: PID) -> Character {
    let place = Int(pid) - 2
    return letters.indices.contains(place) ? letters[place] : "?"
  }
}

extension Workload {
  /// The letters of the tasks, in the order in which they begin.
  var lettersByBeginning: [Character] {
    tasks.indices.sorted { (tasks[$0].start, $0) < (tasks[$1].start, $1) }.map(TaskLetter.of)
  }
}

extension Kernel {
  /// What the watched classes did that a class may not do, in a sentence; empty for nothing.
  var realtimeTrespass: String {
    self[.realtime].lazy.compactMap { ($0 as? WatchedScheduler)?.trespass }.first { !$0.isEmpty } ?? ""
  }

  /// Has the real-time classes of all CPUs watched; no task may be enqueued yet.
  mutating func watchRealtime(_ calls: any CallLog, letters: [Character]) {
    self[.realtime] = self[.realtime].map { WatchedScheduler($0, calls, letters: letters) }
  }
}
