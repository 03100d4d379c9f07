import LabKernel
import Testing

@Suite struct KernelSystemCallTests {
  @Test(arguments: [
    ("getpid", "2"), ("read 0 10", "0"), ("read 9 1", "-9"), ("write 9 1", "-9"), ("close 5", "-9"), ("close 2", "0"),
    ("nonblock 5", "-9"), ("wait", "-10"), ("sleep 1ms", "0"), ("sleep 0ms", "0"), ("yield", "0"),
  ])
  func `a system call leaves its result in r0`(source: String, result: String) throws {
    var kernel = try machine(["A": "\(source)\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test(arguments: [
    ("nanosleep 0", "-14"), ("nanosleep &time", "0"), ("store -1 [time]\nnanosleep &time", "-22"),
    ("set r2 1000\nmul r2 1000000\nstore r2 [time + 8]\nnanosleep &time", "-22"),
    ("write 1 0 5", "-14"), ("write 1 &x -4", "-14"), ("write 1 -4", "-14"), ("write 9 0 5", "-9"),
    ("write 1 65536 1", "-14"), ("read 0 -1", "-14"), ("clone 0", "0"), ("clone 65536", "-22"), ("wait4 0", "-10"),
    ("wait4 -1 0 1", "-10"), ("wait4 -1 0 4", "-22"), ("sched_setscheduler 0 SCHED_RR 0", "-22"),
    ("sched_setscheduler 0 7 &zero", "-22"),
    ("sched_setscheduler 99 SCHED_RR &zero", "-3"), ("sched_getparam 0 0", "-22"), ("sched_getparam 99 &x", "-3"),
    ("futex 0 FUTEX_LOCK_PI", "-22"), ("futex &m 99", "-22"), ("futex &m FUTEX_LOCK_PI 0 1", "-14"),
    ("fcntl 1 F_SETFL O_NONBLOCK", "0"), ("pipe2 &ends\nload int r3 [ends]\nfcntl r3 99", "-22"),
  ])
  func `a call with a senseless argument fails, and the task continues`(source: String, result: String) throws {
    let first = source == "clone 0" ? "if r0 != 0 goto end\n" : ""
    var kernel = try machine(["A": "space time 16\n\(source)\n\(first)print r0\nend:"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test func `a number that is no system call is ENOSYS`() throws {
    var program = Program()
    program.call(SystemCallNumber(rawValue: 9999))
    program.call(SystemCallNumber(rawValue: 0), .literal(1))
    program.print(.register(.r0))
    var kernel = Kernel()
    kernel.spawn(Spawn("A", kernel.load(program)))
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "-38")
    #expect(kernel.ftraceText.contains("sys_syscall_9999 -> -38"))
  }

  @Test func `a computation of negative length before a call that sleeps does no harm`() {
    var kernel = Kernel()
    var program = Program([.compute(Duration(nanoseconds: -5))])
    program.sleep(.milliseconds(1))
    kernel.spawn(Spawn("A", kernel.load(program)))
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.map(\.status) == [.exited(0)])
  }

  @Test(arguments: ["getpid", "write 1 0", "print \"\"", "close 3"])
  func `a task that calls the kernel forever while no time passes is ended`(call: String) throws {
    var kernel = try machine(frames: 16, ["A": "again:\n\(call)\ngoto again"])
    #expect(kernel.run(maximumEvents: 100) == .nothingToDo)
    #expect(kernel.obituaries.first?.status == .signaled(.SIGXCPU))
  }

  @Test func `a fork bomb in which no time passes is an oops`() throws {
    var kernel = try machine(frames: 16, ["A": "again:\nfork\ngoto again"])
    #expect(kernel.run(maximumEvents: 100) == .oops(.standstill))
  }

  @Test func `a task that reaches outside its memory is ended by SIGSEGV, and the others continue`() {
    var kernel = Kernel(Configuration(quantum: 1))
    let wild = kernel.load(Program([.load(.word, .r0, Address(4))]))
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

  @Test func `a system call also takes the time of the crossing`() throws {
    var kernel = Kernel(Configuration(instructionTime: .microseconds(10), systemCallTime: .microseconds(100)))
    try kernel.start("A", "set r2 1\ngetpid\nsleep 1ms")
    #expect(kernel.runChecked() == [])
    #expect(kernel.now == .zero + .microseconds(10 + 110 + 110 + 1000))
  }
}
