import LabKernel
import Testing

@Suite struct KernelMutexTests {
  /// A section of 2 ms that is entered and left three times.
  private static let section = """
    again: lock m
    load r1 [inside]
    add r1 1
    store r1 [inside]
    compute 2ms
    load r1 [inside]
    print r1
    add r1 -1
    store r1 [inside]
    unlock m
    add r2 1
    if r2 < 3 goto again
    """

  @Test(arguments: [1, 2, 4])
  func `no two tasks are ever inside together`(cpus: Int) throws {
    var kernel = Kernel(Configuration(cpus: cpus, quantum: 1))
    for name in ["A", "B", "C", "D"] {
      let program = kernel.load(try ProgramParser.parse(Self.section))
      kernel.spawn(Spawn(name, program, sharedMemory: 1))
    }
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == String(repeating: "1", count: 12))
  }

  @Test func `a waiter sleeps, and continues as the owner`() throws {
    var kernel = try machine(["A": "lock m\ncompute 2ms\nunlock m\ncompute 2ms", "B": "lock m\ncompute 1ms\nunlock m"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AAABA"])
    #expect(Timeline(kernel).text().suffix(1) == ["(m)     AABB"])
  }

  @Test func `the owner of a mutex is drawn, also in a window of time`() throws {
    var kernel = try machine([
      "A": "lock m\ncompute 3ms\nunlock m", "B": "lock m\ncompute 2ms\nunlock m\nlock n\nunlock n",
    ])
    #expect(kernel.runChecked() == [])
    let timeline = Timeline(kernel)
    #expect(timeline.text().last == "(m)     AAABB")
    let window = Timeline(timeline, from: .zero + .milliseconds(3), to: .zero + .milliseconds(4))
    #expect(window.text().last == "(m)     B")
    #expect(timeline.chromeJSON.contains("\"cat\":\"lock\",\"name\":\"B\""))
  }

  @Test func `the same name is the same mutex, another name is another`() throws {
    var kernel = try machine([
      "A": "lock x\nlock m\ncompute 2ms", "B": "lock m\ncompute 1ms", "C": "lock x\ncompute 1ms",
    ])
    #expect(kernel.runChecked() == [])
    #expect(kernel.mutex(named: "x") == MutexID(0))
    #expect(kernel.mutex(named: "m") == MutexID(1))
    #expect(kernel.mutex(named: "y") == nil)
    #expect(kernel.schedule == ["AACB"])
  }

  @Test(arguments: [
    ("unlock m", "-1"), ("trylock m", "0"), ("lock m\nlock m", "-35"), ("lock m\ntrylock m", "-35"),
    ("lock m\nunlock m\nunlock m", "-1"),
  ])
  func `a call on a mutex succeeds or says why not`(source: String, result: String) throws {
    var kernel = try machine(["A": source + "\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test func `trying does not wait`() throws {
    var kernel = try machine(["A": "lock m\ncompute 3ms\nunlock m", "B": "trylock m\nprint r0\ncompute 1ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "-16")
  }

  @Test(arguments: [("lock m 2ms", "-110", 3), ("lock m 9ms", "0", 5), ("lock m 0ms", "-110", 1)])
  func `a task that waits for a limited time continues when it is up`(lock: String, result: String, end: Int) throws {
    var kernel = try machine(["A": "lock m\nsleep 5ms\nunlock m"])
    try kernel.start("B", "\(lock)\nprint r0", at: 1)
    try kernel.start("C", "sleep 20ms\ntrylock m\nprint \"/\"\nprint r0")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text.hasPrefix(result + "/"))
    #expect(kernel.figures[2].accounting.ended == .zero + .milliseconds(end))
  }

  @Test func `a mutex that a task owns at its end goes to the next waiter`() throws {
    var kernel = try machine(["A": "lock m\nlock n\ncompute 2ms\nexit", "B": "lock m\nprint r0\nlock n\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "00")
    #expect(kernel.owner(of: MutexID(0)) == nil)
  }

  @Test func `tasks that wait for each other do so forever`() throws {
    var kernel = try machine(["A": "lock m\ncompute 2ms\nlock n", "B": "lock n\ncompute 2ms\nlock m"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.tasks.living == 4)
  }

  @Test func `a mutex that is handed to a task that is not waiting for it is an oops`() throws {
    var kernel = try machine(components: .byPriority(Misdirected.self), ["A": "lock m\nunlock m"])
    #expect(kernel.run() == .oops(.handedToWrongTask(MutexID(0), TaskID(77))))
  }

  @Test func `a snapshot has mutexes of its own`() throws {
    var kernel = try machine(["A": "lock m\ncompute 2ms\nunlock m\nlock m"])
    kernel.step()
    let before = kernel
    while kernel.step() {}
    #expect(before.owner(of: MutexID(0)) == TaskID(2))
    #expect(kernel.owner(of: MutexID(0)) == nil)
  }
}

/// Hands every mutex to a task that does not exist.
private struct Misdirected: MutexProtocol {
  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    .acquired
  }
  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    TaskID(77)
  }
  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {}
  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {}
  func owner(of mutex: MutexID) -> TaskID? { nil }
}
