import LabKernel
import Testing

/// What happens to a priority that is not the one that a task asked for.
@Suite struct KernelPriorityTests {
  private let components = Components.byPriority(CeilingMutex.self)

  @Test func `an ordinary task with a real-time priority is served by the real-time class`() throws {
    var kernel = try machine(components: components, ["A": "lock m\ncompute 3ms\nunlock m\ncompute 1ms"])
    try kernel.start("R", "compute 2ms", at: 1, policy: .fifo, priority: 50)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AAARRA"])
  }

  @Test func `a task whose priority falls back goes before its equals`() throws {
    var kernel = try machine(components: components, [:])
    try kernel.start("A", "compute 1ms\nlock m\ncompute 1ms\nunlock m\ncompute 1ms", policy: .fifo, priority: 50)
    try kernel.start("B", "compute 1ms", policy: .fifo, priority: 50)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AAAB"])
  }

  @Test func `a task that sleeps keeps its priority and wakes up with it`() throws {
    var kernel = try machine(components: components, ["A": "lock m\nsleep 2ms\ncompute 2ms\nunlock m"])
    try kernel.start("R", "compute 4ms", at: 1, policy: .fifo, priority: 50)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == [".RAARRR"])
  }

  @Test func `a child does not inherit the priority that a mutex gives its parent`() throws {
    let program = """
      lock m
      fork
      if r0 == 0 goto child
      getparam
      print r0
      wait
      exit
      child: getparam
      print r0
      """
    var kernel = try machine(components: components, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "990")
  }

  @Test func `the new owner has its priority when it wakes up`() throws {
    var kernel = try machine(components: components, [:])
    try kernel.start("A", "lock m\nsleep 2ms\nunlock m", policy: .fifo, priority: 50)
    try kernel.start("B", "lock m\ngetparam\nprint r0\nunlock m\ngetparam\nprint r0", policy: .fifo, priority: 10)
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "9910")
  }

  @Test func `the trace shows a priority that was set, on the kernel's scale`() throws {
    var kernel = try machine(components: components, ["A": "lock m\nunlock m"])
    while kernel.step() {}
    let lines = kernel.ftraceText.split(separator: "\n").filter { $0.contains("pi_setprio") || $0.contains("lock_") }
    #expect(
      lines.map { $0.split(separator: " ", maxSplits: 4).last ?? "" } == [
        "lock_acquired: m", "sched_pi_setprio: comm=A pid=2 oldprio=120 newprio=0", "lock_release: m",
        "sched_pi_setprio: comm=A pid=2 oldprio=0 newprio=120",
      ])
  }

  @Test func `a new policy does not take away the priority that a mutex gives`() throws {
    let program = "lock m\npolicy fifo 20\ngetparam\nprint r0\nprint \" \"\nunlock m\ngetparam\nprint r0"
    var kernel = try machine(components: components, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "99 20")
  }

  @Test(arguments: [("compute 2ms", "500"), ("sleep 2ms", "050")])
  func `a task can set how another is scheduled, whatever that is doing`(work: String, console: String) throws {
    let program = """
      fork
      if r0 == 0 goto child
      set r1 r0
      compute 1ms
      policy fifo 50 r1
      print r0
      compute 3ms
      exit
      child: \(work)
      getparam
      print r0
      """
    var kernel = try machine(quantum: 1, components: components, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == console)
  }

  @Test(arguments: [("99", "-3"), ("-1", "-22")])
  func `a task that does not exist cannot be scheduled`(pid: String, result: String) throws {
    var kernel = try machine(["A": "policy fifo 50 \(pid)\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }
}
