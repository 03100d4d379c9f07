import LabHarness
import LabKernel
import Testing

/// A class that keeps no order, and picks what it is told to.
private struct Stubborn: SchedulingClass {
  static let answer = TaskID(77)
  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {}
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { Self.answer }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { true }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { true }
}

/// The baseline, except that it asks at every tick to choose again.
private struct Restless: SchedulingClass {
  private var calm = RoundRobin()
  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    calm.enqueue(task, why, at: end, in: &context)
  }
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { calm.dequeue(task, in: &context) }
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { calm.pickNext(in: &context) }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) { calm.yield(task, in: &context) }
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    _ = calm.tick(task, in: &context)
    return true
  }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
}

/// The baseline, except that it writes into the table what a class may not write.
private struct Scribbler: SchedulingClass {
  private var calm = RoundRobin()
  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    context[task].level = 3
    calm.enqueue(task, why, at: end, in: &context)
  }
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { calm.dequeue(task, in: &context) }
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { calm.pickNext(in: &context) }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    // As it was, except that none of its running time is left.
    let fresh = SchedulingEntity(policy: .roundRobin, realtimePriority: 50, fullTimeSlice: 2)
    context[task] = fresh
    calm.yield(task, in: &context)
  }
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { calm.tick(task, in: &context) }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
}

struct RealtimeLabTests {
  private static let twoEquals = RealtimeLab.Input(
    slice: 2,
    [
      RealtimeLab.Plan(start: 0, policy: .roundRobin, priority: 50, steps: [.compute(3), .yield, .compute(1)]),
      RealtimeLab.Plan(start: 1, policy: .roundRobin, priority: 50, steps: [.compute(3), .sleep(2), .compute(1)]),
    ])

  private func run(_ component: any SchedulingClass.Type, _ input: RealtimeLab.Input) -> RealtimeLab.Output {
    RealtimeLab.run(component, on: input, calls: SilentCallLog())
  }

  @Test func `a schedule has one letter per tick`() {
    let output = run(RoundRobin.self, Self.twoEquals)
    #expect(output.timelines == ["AABBABA.B"])
    #expect(output.trouble.isEmpty)
  }

  @Test func `each cpu has a schedule of its own`() {
    var input = Self.twoEquals
    input.cpus = 2
    #expect(run(RoundRobin.self, input).timelines == ["AAAA", ".BBB..B"])
  }

  @Test func `births, yields and wake-ups are recorded with their time`() {
    let output = run(RoundRobin.self, Self.twoEquals)
    #expect(
      output.events == [
        RealtimeLab.Event(time: 0, task: 0, .becameRunnable), RealtimeLab.Event(time: 1, task: 1, .becameRunnable),
        RealtimeLab.Event(time: 5, task: 0, .yielded), RealtimeLab.Event(time: 8, task: 1, .becameRunnable),
      ])
  }

  @Test func `a change of priority is recorded on the user's scale`() {
    let plan = RealtimeLab.Plan(
      start: 0, policy: .fifo, priority: 60, steps: [.compute(1), .setScheduler(.roundRobin, priority: 7), .compute(1)])
    let output = run(RoundRobin.self, RealtimeLab.Input([plan]))
    #expect(output.events.last == RealtimeLab.Event(time: 1, task: 0, .changed(.roundRobin, priority: 7)))
  }

  @Test func `a class that returns a task that does not exist ends the run`() {
    let output = run(Stubborn.self, Self.twoEquals)
    #expect(output.trouble == "pickNext returned TaskID(77), but there is no such task")
    #expect(output.ticks == 0)
  }

  @Test func `a class that changes more of a task than its slice and its level is reported`() {
    let output = run(Scribbler.self, Self.twoEquals)
    #expect(output.timelines == run(RoundRobin.self, Self.twoEquals).timelines)
    #expect(output.trouble == "yield changed more of A than timeSlice and level")
  }

  @Test func `a class that returns no task ends the run`() {
    #expect(run(PicksNoTask.self, Self.twoEquals).trouble == "pickNext returned no task, though one could run")
  }

  @Test func `a class that asks too often to choose again changes nothing, even on two CPUs`() {
    func task(_ start: Int, _ steps: RealtimeLab.Step...) -> RealtimeLab.Plan {
      RealtimeLab.Plan(start: start, policy: .roundRobin, priority: 1, steps: steps)
    }
    let input = RealtimeLab.Input(
      cpus: 2, slice: 1,
      [
        task(0, .compute(4), .sleep(4)), task(1, .compute(3)), task(1, .compute(4), .sleep(4), .compute(1)),
        task(0, .compute(3), .sleep(2), .compute(4)),
      ])
    #expect(run(Restless.self, input).timelines == run(RoundRobin.self, input).timelines)
  }

  @Test func `a run that takes too long is cut off`() {
    let long = RealtimeLab.Plan(
      start: 0, policy: .fifo, priority: 1, steps: [.compute(Workload.maximumTicks + 50)])
    let output = run(RoundRobin.self, RealtimeLab.Input([long]))
    #expect(output.timelines.map(\.count) == [Workload.maximumTicks])
    #expect(!output.trouble.isEmpty)
  }
}
