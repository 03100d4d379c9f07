import LabKernel
import Testing

@Suite struct SchedulingClassTests {
  @Test func `each call comes with its time, its CPU and the running task, which was charged before`() throws {
    var kernel = try machine(quantum: 2, components: .diaries, ["A": "compute 3ms"])
    try kernel.start("B", "compute 1ms", at: 1)
    #expect(kernel.runChecked() == [])
    #expect(
      kernel.diary(.fair).lines == [
        "0 cpu0 0: enqueue 2 new tail", "0 cpu0 0: pick 2",
        "1000 cpu0 2: charge 2 1 ms", "1000 cpu0 2: enqueue 3 new tail", "1000 cpu0 2: tick 2",
        "2000 cpu0 2: charge 2 1 ms", "2000 cpu0 2: tick 2", "2000 cpu0 2: pick 3",
        "3000 cpu0 3: charge 3 1 ms", "3000 cpu0 3: tick 3", "3000 cpu0 3: dequeue 3", "3000 cpu0 3: pick 2",
        "4000 cpu0 2: charge 2 1 ms", "4000 cpu0 2: tick 2", "4000 cpu0 2: dequeue 2",
      ])
  }

  @Test func `a class is told why a task is enqueued`() throws {
    var kernel = try machine(
      cpus: 2, components: .diaries,
      ["A": "compute 1ms\nsleep 2ms\ncompute 1ms", "B": "compute 2ms\nsleep 3ms\ncompute 1ms\nsleep 1ms\ncompute 1ms"])
    try kernel.start("C", "compute 9ms", at: 2)
    #expect(kernel.runChecked() == [])
    // C takes the CPU on which A fell asleep, so A wakes up on the other one.
    #expect(
      kernel.diary(.fair).lines(about: "enqueue") == [
        "0 cpu0 0: enqueue 2 new tail", "2000 cpu0 0: enqueue 4 new tail",
      ])
    #expect(
      kernel.diary(.fair, on: 1).lines(about: "enqueue") == [
        "0 cpu1 0: enqueue 3 new tail", "3000 cpu1 0: enqueue 2 moved tail", "5000 cpu1 0: enqueue 3 woken tail",
        "7000 cpu1 0: enqueue 3 woken tail",
      ])
  }

  @Test func `time is charged to the class that served the task at the time, to the nanosecond`() throws {
    var kernel = try machine(
      components: .diaries, ["A": "compute 1500us\npolicy fifo 10\ncompute 1200us\npolicy normal\ncompute 300us"])
    #expect(kernel.runChecked() == [])
    #expect(
      kernel.diary(.fair).lines(about: "charge") == [
        "1000 cpu0 2: charge 2 1 ms", "1500 cpu0 2: charge 2 500 us", "3000 cpu0 2: charge 2 300 us",
      ])
    #expect(
      kernel.diary(.realtime).lines(about: "charge") == [
        "2000 cpu0 2: charge 2 500 us", "2700 cpu0 2: charge 2 700 us",
      ])
    #expect(
      kernel.diary(.realtime).lines(about: "enqueue") == ["1500 cpu0 2: enqueue 2 changed tail"])
    #expect(kernel.diary(.fair).lines(about: "enqueue").last == "2700 cpu0 2: enqueue 2 changed head")
  }

  @Test(arguments: 1...3)
  func `all time that tasks run is charged once, whichever tasks wake up, change or leave`(cpus: Int) throws {
    var components = Components.byPriority(CeilingMutex.self)
    components.scheduling.realtime = Ledger.self
    components.scheduling.fair = Ledger.self
    var kernel = Kernel(Configuration(cpus: cpus, quantum: 2), components: components)
    for number in 0..<7 {
      let source = """
        compute \(700 + 130 * number)us
        lock m
        compute \(400 + 90 * number)us
        sleep \(number)ms
        unlock m
        yield
        policy fifo \(5 + number)
        fork
        compute \(300 + 70 * number)us
        policy normal
        compute 2ms
        """
      try kernel.start("T\(number)", source, at: number / 2)
    }
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.count == 14)
    let charged = [SchedulingRank.realtime, .fair].flatMap { kernel[$0] }
      .reduce(into: Duration.zero) { sum, ledger in sum += (ledger as? Ledger)?.charged ?? .zero }
    #expect(charged == kernel.obituaries.reduce(into: .zero) { $0 += $1.accounting.run })
    #expect(charged == kernel.busyTimes.reduce(into: .zero) { $0 += $1 })
  }

  @Test func `a class can choose by the time that its tasks have run`() throws {
    var components = Components.baseline
    components.scheduling.fair = LeastRun.self
    // B gives the CPU back just before each tick, which round robin by ticks never charges it for.
    let evader = Array(repeating: "compute 900us\nsleep 100us", count: 20).joined(separator: "\n")
    var kernel = try machine(components: components, ["A": "compute 40ms", "B": evader])
    kernel.run(until: .zero + .milliseconds(20))
    #expect(kernel.tasks[TaskID(2)].accounting.run >= .milliseconds(9))
    #expect(kernel.tasks[TaskID(3)].accounting.run >= .milliseconds(9))
  }
}

/// First come, first served, but it adds up its charges, and traps on a charge for a task that it does not serve.
private struct Ledger: SchedulingClass {
  private var queue = TaskQueue()
  private(set) var charged = Duration.zero

  init() {}

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    queue.insert(task, at: end)
  }
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { queue.remove(task) }
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { queue.first }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) { queue.rotate(task) }
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    queue.rotate(task)
    return true
  }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
  mutating func charge(_ task: TaskID, _ time: Duration, in context: inout SchedulingContext) {
    precondition(queue.contains(task) && task == context.current && time > .zero, "the task that runs is charged")
    charged += time
  }
}

/// Serves the task that has run least, going by the time charged.
private struct LeastRun: SchedulingClass {
  private var run: [TaskID: Duration] = [:]
  private var queue: [TaskID] = []

  init() {}

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    if why == .new { run[task] = .zero }
    queue.append(task)
  }
  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { queue.removeAll { $0 == task } }
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    queue.min { (run[$0] ?? .zero, $0.raw) < (run[$1] ?? .zero, $1.raw) }
  }
  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {}
  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { true }
  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    (run[task] ?? .zero) < (run[running] ?? .zero)
  }
  mutating func charge(_ task: TaskID, _ time: Duration, in context: inout SchedulingContext) {
    run[task, default: .zero] += time
  }
}
