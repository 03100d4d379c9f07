import LabKernel
import Testing

@Suite struct KernelExecuteTests {
  @Test(arguments: [
    ("getpid", "2"), ("read 0 10", "0"), ("read 9 1", "-9"), ("write 9 1", "-9"), ("close 5", "-9"), ("close 1", "-9"),
    ("nonblock 5", "-9"), ("wait", "-10"), ("sleep 1ms", "0"), ("sleep 0ms", "0"), ("yield", "0"),
  ])
  func `a system call leaves its result in r0`(source: String, result: String) throws {
    var kernel = try machine(["A": "\(source)\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test(arguments: [
    (Instruction.sleep(Duration(nanoseconds: -1)), "-22"), (.write(.literal(1), .text(3)), "-14"),
    (.write(.literal(1), .text(-1)), "-14"), (.write(.literal(1), .letters(.literal(-4))), "0"), (.printText(9), "-14"),
  ])
  func `a call with a senseless argument fails, and the task goes on`(instruction: Instruction, result: String) {
    var kernel = Kernel()
    let program = kernel.load(Program([instruction, .printNumber(.register(.r0))]))
    kernel.spawn(Spawn("A", program, start: Instant.zero + .milliseconds(1)))
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test func `a computation of less than no time before a call that sleeps does no harm`() {
    var kernel = Kernel()
    let program = kernel.load(Program([.compute(Duration(nanoseconds: -5)), .sleep(.milliseconds(1))]))
    kernel.spawn(Spawn("A", program))
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.map(\.status) == [.exited(0)])
  }

  @Test(arguments: ["getpid", "write 1 0", "print \"\"", "close 3"])
  func `a task that calls the kernel without end while no time passes is ended`(call: String) throws {
    var kernel = try machine(frames: 16, ["A": "again:\n\(call)\ngoto again"])
    #expect(kernel.run(maximumEvents: 100) == .nothingToDo)
    #expect(kernel.obituaries.first?.status == .signaled(.SIGXCPU))
  }

  @Test func `a fork bomb in which no time passes is an oops`() throws {
    var kernel = try machine(frames: 16, ["A": "again:\nfork\ngoto again"])
    #expect(kernel.run(maximumEvents: 100) == .oops(.standstill))
  }

  @Test func `a task that reaches outside its memory is ended by SIGSEGV, and the others go on`() {
    var kernel = Kernel(Configuration(quantum: 1))
    let wild = kernel.load(Program([.load(.r0, address: 4)], variables: ["x"]))
    let tame = kernel.load(Program([.compute(.milliseconds(2))]))
    kernel.spawn(Spawn("A", wild))
    kernel.spawn(Spawn("B", tame))
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.map(\.status) == [.signaled(.SIGSEGV), .exited(0)])
    #expect(kernel.schedule == ["BB"])
  }

  @Test func `instructions take the time that the machine gives them`() throws {
    var kernel = Kernel(Configuration(instructionTime: .microseconds(10)))
    try kernel.start("A", "set r2 1\nadd r2 1\ngetpid\nsleep 1ms")
    #expect(kernel.runChecked() == [])
    #expect(kernel.now == .zero + .microseconds(1040))
  }
}
