import LabKernel
import Testing

@Suite struct KernelStepTests {
  @Test func `a machine without tasks has nothing to do`() {
    var kernel = Kernel()
    #expect(kernel.run() == .nothingToDo)
    #expect(kernel.now == .zero)
    #expect(kernel.brokenInvariants() == [])
  }

  @Test func `a run stops before the first event after its end`() throws {
    var kernel = try machine(["A": "compute 10ms"])
    #expect(kernel.run(until: .zero + .milliseconds(4)) == .timeIsUp)
    #expect(kernel.now == .zero + .milliseconds(4))
    #expect(kernel.run() == .nothingToDo)
    #expect(kernel.now == .zero + .milliseconds(10))
  }

  @Test func `the timer of a sleep that has ended does not lead a run beyond its end`() throws {
    var kernel = try machine(["A": "sleep 5ms\nsleep 9ms"])
    kernel.run(until: .zero + .milliseconds(2))
    kernel.interrupt(TaskID(2))
    #expect(kernel.run(until: .zero + .milliseconds(6)) == .timeIsUp)
    #expect(kernel.now < .zero + .milliseconds(6))
  }

  @Test func `a run stops after its maximum number of events`() throws {
    var kernel = try machine(["A": "compute 10ms"])
    #expect(kernel.run(maximumEvents: 3) == .tooManyEvents)
  }

  @Test func `a task that starts in the middle of a tick is interrupted at the tick's end`() throws {
    var kernel = try machine(["A": "compute 500us\nsleep 200us\ncompute 800us", "B": "compute 900us"])
    #expect(kernel.runChecked() == [])
    let switches = kernel.trace.events.compactMap { event -> String? in
      guard case .schedSwitch(_, _, let next) = event.what else { return nil }
      return "\(event.time.nanoseconds / 1000):\(kernel.name(of: next))"
    }
    #expect(switches == ["0:A", "500:B", "1000:A", "1800:B", "2200:idle"])
  }

  @Test func `two tasks that wake each other at the same instant both finish`() throws {
    var kernel = try machine(cpus: 2, components: .tinyPipes, ["P": pingPong])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "child parent ")
    #expect(kernel.tasks.living == 2)
  }

  /// The child, on the second CPU, wakes its parent on the first and goes to sleep at the same instant; the parent
  /// wakes it again before any time has passed.
  private let pingPong = """
    pipe r2 r3
    pipe r4 r5
    fork
    if r0 == 0 goto child
    read r2 1
    write r5 1
    compute 2ms
    print "parent "
    exit
    child:
    compute 1ms
    write r3 1
    read r4 1
    compute 1ms
    print "child "
    """
}
