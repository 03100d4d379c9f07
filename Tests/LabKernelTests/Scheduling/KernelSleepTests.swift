import LabKernel
import Testing

@Suite struct KernelSleepTests {
  /// A is asleep in a call when it is interrupted, 5 ms after the start; then it prints what the call returned.
  @Test(arguments: [
    ("sleep 9ms", "-4"), ("fork\nif r0 == 0 goto late\nwait", "-4"), ("pipe r4 r5\nread r4 1", "-4"),
    ("pipe r4 r5\nwrite r5 20", "16"), ("lock m", "-4"), ("lock m 9ms", "-4"),
  ])
  func `a signal ends any sleep, and the call returns what it has done`(source: String, result: String) throws {
    var kernel = try machine(
      cpus: 2, components: .tinyPipes,
      ["B": "lock m\nsleep 20ms", "A": "compute 1ms\n\(source)\nprint r0\nexit\nlate: sleep 20ms"])
    kernel.run(until: .zero + .milliseconds(5))
    kernel.interrupt(TaskID(3))
    #expect(kernel.brokenInvariants() == [])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test func `a task that is interrupted on a queue is not handed what it waited for`() throws {
    let waiter = "compute 1ms\nlock m\nprint r0\nlock m\nprint r0"
    var kernel = try machine(cpus: 4, ["B": "lock m\nsleep 5ms\nunlock m", "A": waiter, "C": "compute 2ms\nlock m"])
    kernel.run(until: .zero + .milliseconds(3))
    #expect(kernel.awaited(by: TaskID(3)) == .mutex(MutexID(0)))
    kernel.interrupt(TaskID(3))
    #expect(kernel.runChecked() == [])
    // It is refused, queues behind C, and acquires the mutex when C ends.
    #expect(kernel.console.text == "-40")
  }

  @Test func `a running task has no sleep to interrupt`() throws {
    var kernel = try machine(["A": "compute 3ms\nsleep 2ms\nprint r0"])
    kernel.run(until: .zero + .milliseconds(1))
    kernel.interrupt(TaskID(2))
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "0")
  }

  @Test func `the timer of an earlier sleep is ignored`() throws {
    var kernel = try machine(["A": "sleep 9ms\nprint r0\nsleep 20ms\nprint r0"])
    kernel.run(until: .zero + .milliseconds(2))
    kernel.interrupt(TaskID(2))
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "-40")
    #expect(kernel.obituaries.first?.accounting.ended == .zero + .milliseconds(20))
  }

  @Test(arguments: [1, 2, 7])
  func `all tasks on a queue are woken in order of arrival`(readers: Int) throws {
    let child = "child: close r5\ncompute 1ms\nread r4 1\ngetpid\nprint r0\nexit"
    let forks = (0..<readers).map { _ in "fork\nif r0 == 0 goto child\n" }.joined()
    var kernel = try machine(
      cpus: 16, components: .tinyPipes, ["A": "pipe r4 r5\n\(forks)close r4\nsleep 5ms\nexit\n\(child)"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == (0..<readers).map { String(3 + $0) }.joined())
  }
}
