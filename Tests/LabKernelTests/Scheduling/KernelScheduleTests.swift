import LabKernel
import Testing

@Suite struct KernelScheduleTests {
  @Test func `a real-time task takes the CPU at once and keeps it`() throws {
    var kernel = try machine(["A": "compute 4ms"])
    try kernel.start("R", "compute 2ms", at: 1, policy: .fifo, priority: 5)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["ARRAAA"])
  }

  @Test func `a task that wakes a more urgent one does nothing more before that has run`() throws {
    let program = """
      pipe r4 r5
      fork
      if r0 == 0 goto child
      compute 1ms
      write r5 1
      print "awake"
      exit
      child: policy fifo 5
      read r4 1
      print "wide "
      """
    var kernel = try machine(components: .byPriority(PlainMutex.self), ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "wide awake")
  }

  @Test func `a waiting task whose priority is set to what it was keeps its place`() throws {
    var kernel = try machine(components: .byPriority(PlainMutex.self), [:])
    for (name, program) in [
      ("A", "compute 2ms\npolicy fifo 50 4\ncompute 2ms"), ("B", "compute 2ms"), ("C", "compute 2ms"),
    ] {
      try kernel.start(name, program, policy: .fifo, priority: 50)
    }
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AAAABBCC"])
  }

  /// Two tasks of 2 ms that take turns of two ticks: if a switch takes time, four switches to a task.
  @Test(arguments: [(0, 4000, 2000), (100, 4400, 1900), (500, 6000, 1500)])
  func `a switch takes time in which no task makes progress`(micros: Int, end: Int, firstTurn: Int) throws {
    var kernel = Kernel(Configuration(quantum: 2, switchTime: .microseconds(micros)))
    for name in ["A", "B"] { try kernel.start(name, "compute 2ms") }
    #expect(kernel.run(until: .zero + .milliseconds(2)) == .timeIsUp)
    #expect(kernel.figures[0].accounting.run == .microseconds(firstTurn))
    #expect(kernel.runChecked() == [])
    #expect(kernel.now == .zero + .microseconds(end))
    #expect(kernel.figures.map(\.accounting.run) == [.milliseconds(2), .milliseconds(2)])
  }

  @Test func `a task that is switched to waits for the end of the switch, and a more urgent one goes first`() throws {
    var kernel = Kernel(Configuration(switchTime: .microseconds(400)))
    try kernel.start("A", "compute 1ms")
    let urgent = kernel.load(try ProgramParser.parse("compute 1ms"))
    kernel.spawn(
      Spawn("R", urgent, start: .zero + .microseconds(100), policy: .fifo, realtimePriority: 5))
    #expect(kernel.runChecked() == [])
    // A's switch is over at 0.4 ms, R's at 0.8 ms; R ends at 1.8 ms, and A's second switch at 2.2 ms.
    #expect(kernel.figures.map(\.accounting.ended) == [3200, 1800].map { .zero + .microseconds($0) })
  }

  @Test func `ordinary tasks run while the real-time task sleeps`() throws {
    var kernel = try machine(["A": "compute 3ms", "B": "compute 2ms"])
    try kernel.start("R", "compute 1ms\nsleep 2ms\ncompute 1ms", policy: .fifo, priority: 5)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["RABRABA"])
  }

  @Test func `a sleeping task has no CPU, and has one as soon as its time is up`() throws {
    var kernel = try machine(["A": "compute 1ms\nsleep 2ms\ncompute 1ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["A..A"])
  }

  @Test func `a task that wakes up at a tick goes before the task whose turn ends at that tick`() throws {
    var kernel = try machine(["A": "compute 1ms\nsleep 2ms\ncompute 1ms", "B": "compute 3ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["ABBAB"])
  }

  @Test func `a new task goes to the first of the CPUs with the fewest tasks`() throws {
    var kernel = try machine(cpus: 2, ["A": "compute 2ms", "B": "compute 3ms", "C": "compute 2ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["ACAC", "BBB."])
  }

  @Test func `a task wakes up where it was if that CPU is idle`() throws {
    var kernel = try machine(cpus: 3, ["A": "compute 3ms", "B": "compute 1ms\nsleep 1ms\ncompute 1ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AAA", "B.B", "..."])
  }

  @Test func `a task wakes up on an idle CPU if its own is not`() throws {
    var kernel = try machine(
      cpus: 2, ["A": "compute 1ms\nsleep 1ms\ncompute 2ms", "B": "compute 1ms", "C": "compute 3ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["ACCC", "B.AA"])
  }

  @Test func `a task wakes up where it was if no CPU is idle`() throws {
    var kernel = try machine(
      cpus: 2, ["A": "compute 1ms\nsleep 1ms\ncompute 1ms", "B": "compute 4ms", "C": "compute 2ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["ACAC", "BBBB"])
  }

  @Test func `a task that becomes a real-time task keeps the CPU from then on`() throws {
    var kernel = try machine(["A": "compute 1ms\npolicy fifo 50\ncompute 3ms", "B": "compute 2ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AAAABB"])
  }

  @Test func `a task that becomes an ordinary one shares the CPU from then on`() throws {
    var kernel = try machine(["B": "compute 3ms"])
    try kernel.start("A", "compute 2ms\npolicy normal\ncompute 2ms", policy: .fifo, priority: 3)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AAABABB"])
  }

  @Test func `a running task whose priority is set to what it was keeps its place`() throws {
    var components = Components.baseline
    components.scheduling.realtime = FirstComeFirstServed.self
    var kernel = try machine(components: components, [:])
    for name in ["A", "B"] {
      try kernel.start(name, "compute 1ms\npolicy fifo 10\ncompute 1ms", policy: .fifo, priority: 10)
    }
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AABB"])
  }

  @Test(arguments: [("fifo 0", "-22"), ("fifo 100", "-22"), ("rr -1", "-22"), ("rr 99", "0"), ("normal", "0")])
  func `the priority of a policy is checked`(policy: String, result: String) throws {
    var kernel = try machine(["A": "policy \(policy)\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test func `the idle task leaves its CPU runnable, as the swapper does`() throws {
    var kernel = try machine(["A": "compute 1ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.trace.events.map(\.what).contains(.schedSwitch(previous: 0, state: .runnable, next: 2)))
  }

  @Test func `tasks that switch forever while no time passes are an oops`() throws {
    var kernel = try machine(["A": "again:\nyield\ngoto again", "B": "again:\nyield\ngoto again"])
    #expect(kernel.run() == .oops(.standstill))
    let goesOn = kernel.step()
    #expect(!goesOn)
  }

  @Test func `a class that picks no task while tasks wait is an oops`() throws {
    var components = Components.baseline
    components.scheduling.fair = PicksNoTask.self
    var kernel = try machine(components: components, ["A": "compute 1ms"])
    #expect(kernel.run() == .oops(.pickedNoTask(cpu: 0, waiting: 1)))
  }

  @Test(
    arguments: [
      (Wrong<Minus>.self, -1), (Wrong<Zero>.self, 0), (Wrong<One>.self, 1), (Wrong<Far>.self, 77),
    ] as [(any SchedulingClass.Type, Int)])
  func `a class that picks a task that cannot run is an oops`(fair: any SchedulingClass.Type, row: Int) throws {
    var components = Components.baseline
    components.scheduling.fair = fair
    var kernel = try machine(components: components, ["A": "compute 1ms"])
    #expect(kernel.run() == .oops(.pickedWrongTask(cpu: 0, TaskID(row))))
  }
}

/// A row to pick.
private protocol Row { static var number: Int { get } }
private enum Minus: Row { static let number = -1 }
private enum Zero: Row { static let number = 0 }
private enum One: Row { static let number = 1 }
private enum Far: Row { static let number = 77 }

/// Always picks the same row.
private struct Wrong<Picked: Row>: SchedulingClass {
  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {}
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { TaskID(Picked.number) }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { false }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
}
