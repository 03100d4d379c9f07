import LabKernel
import Testing

@Suite struct TraceTests {
  @Test func `a short life is logged event by event`() throws {
    var kernel = try machine(["A": "compute 1ms\nprint \"hi\"\nexit 3"])
    #expect(kernel.runChecked() == [])
    #expect(
      kernel.trace.events.map(\.what) == [
        .schedWakeupNew(2, parent: 1, priority: 120),
        .schedSwitch(previous: 0, state: .runnable, next: 2),
        .sysEnter(2, "write"), .consoleWrite(2, count: 2), .sysExit(2, "write", result: 2),
        .sysEnter(2, "exit"), .schedProcessExit(2, .exited(3)), .schedProcessFree(2),
        .schedSwitch(previous: 2, state: .ended, next: 0),
      ])
  }

  @Test func `the words of a call are written as the table of calls says`() throws {
    var kernel = try machine(["A": "pipe2 &ends\nwrite 1 &ends 0\ngetpid\nexit 3"])
    #expect(kernel.runChecked() == [])
    let calls = kernel.ftraceText.split(separator: "\n").compactMap { line in
      line.firstRange(of: "sys_").map { String(line[$0.lowerBound...]) }
    }
    #expect(
      calls.filter { $0.contains("(") } == [
        "sys_pipe2(addr: 0x100000, flags: 0)", "sys_write(fd: 1, buf: 0x100000, count: 0)", "sys_getpid()",
        "sys_exit(val: 3)",
      ])
  }

  @Test func `a call that sleeps is entered once and left once`() throws {
    var kernel = try machine(["A": "sleep 3ms"])
    #expect(kernel.runChecked() == [])
    let calls = kernel.trace.events.filter { $0.what != .schedWakeup(2) }.compactMap { event -> String? in
      switch event.what {
      case .sysEnter: "enter \(event.time)"
      case .sysExit: "exit \(event.time)"
      default: nil
      }
    }
    #expect(calls == ["enter 0 ns", "exit 3 ms"])
  }

  @Test func `a log that is off stays empty, and everything else is the same`() throws {
    var logged = try busyMachine(seed: 5)
    var silent = Kernel(Configuration(cpus: 2, tracing: false))
    try silent.start("A", "compute 5ms")
    silent.run()
    #expect(silent.trace.events.isEmpty)
    #expect(silent.now == .zero + .milliseconds(5))
    logged.run(maximumEvents: 200_000)
    #expect(!logged.trace.events.isEmpty)
  }

  @Test func `a long log keeps every event in order`() throws {
    var kernel = try machine(["A": "again:\ncompute 1us\ngetpid\nadd r2 1\nif r2 < 5000 goto again"])
    kernel.run()
    let times = kernel.trace.events.map(\.time)
    #expect(times.count > 10_000)
    #expect(times == times.sorted())
  }

  @Test func `one event takes 32 bytes`() {
    #expect(MemoryLayout<TraceEvent>.stride == 32)
  }
}
