import LabKernel

/// Round robin that writes down each call that it gets: the time in microseconds, the call, the pid.
struct Diary: SchedulingClass {
  private var turns = RoundRobin()
  private(set) var lines: [String] = []

  init() {}

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    note("enqueue \(context.pid(of: task)) \(why.rawValue) \(end.rawValue)", context)
    turns.enqueue(task, why, at: end, in: &context)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    note("dequeue \(context.pid(of: task))", context)
    turns.dequeue(task, in: &context)
  }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    let next = turns.pickNext(in: &context)
    note("pick \(next.map { context.pid(of: $0) } ?? 0)", context)
    return next
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    note("yield \(context.pid(of: task))", context)
    turns.yield(task, in: &context)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    note("tick \(context.pid(of: task))", context)
    return turns.tick(task, in: &context)
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }

  mutating func charge(_ task: TaskID, _ time: Duration, in context: inout SchedulingContext) {
    note("charge \(context.pid(of: task)) \(time)", context)
  }

  private mutating func note(_ call: String, _ context: SchedulingContext) {
    lines.append("\(context.now.nanoseconds / 1000) cpu\(context.cpu.raw) \(context.pid(of: context.current)): \(call)")
  }

  /// The lines about a call, without the call that the line begins with.
  func lines(about call: String) -> [String] { lines.filter { $0.contains(": \(call) ") } }
}

extension Components {
  /// Diaries for both classes.
  static var diaries: Components {
    var components = Components.baseline
    components.scheduling.realtime = Diary.self
    components.scheduling.fair = Diary.self
    return components
  }
}

extension Kernel {
  /// What the class of a rank has written down on a CPU.
  func diary(_ rank: SchedulingRank, on cpu: Int = 0) -> Diary {
    guard let diary = self[rank][cpu] as? Diary else { preconditionFailure("the class is no diary") }
    return diary
  }
}
