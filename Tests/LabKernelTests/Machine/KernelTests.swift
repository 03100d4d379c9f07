import LabKernel
import Testing

@Suite struct KernelTests {
  @Test func `a new machine has the idle task and init, and both wait`() {
    let kernel = Kernel(Configuration(cpus: 4))
    #expect(kernel.tasks.living == 2)
    #expect(kernel.name(of: 0) == "idle")
    #expect(kernel.name(of: 1) == "init")
    #expect(kernel.brokenInvariants() == [])
  }

  @Test(arguments: UInt64(1)...8)
  func `the same seed gives the same trace, twice`(seed: UInt64) throws {
    var first = try busyMachine(seed: seed)
    var second = try busyMachine(seed: seed)
    #expect(first.run(maximumEvents: 200_000) == second.run(maximumEvents: 200_000))
    #expect(first.trace == second.trace)
    #expect(first.console == second.console)
    #expect(first.obituaries == second.obituaries)
    #expect(first.trace.events.count > 200)
  }

  @Test(arguments: UInt64(1)...20)
  func `a busy machine breaks no invariant in any step`(seed: UInt64) throws {
    var kernel = try busyMachine(seed: seed)
    #expect(kernel.runChecked() == [])
  }

  @Test(arguments: UInt64(1)...4)
  func `stepping a copy leaves the original untouched, and both come to the same end`(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    var kernel = try busyMachine(seed: seed)
    var ends: [Kernel] = []
    for _ in 0..<6 {
      for _ in 0..<random.draw(1...60) { kernel.step() }
      var copy = kernel
      let before = text(of: kernel)
      copy.run(maximumEvents: 200_000)
      #expect(text(of: kernel) == before)
      ends.append(copy)
    }
    kernel.run(maximumEvents: 200_000)
    #expect(ends.allSatisfy { $0.trace == kernel.trace })
    #expect(ends.allSatisfy { $0.console == kernel.console && $0.now == kernel.now })
    #expect(ends.allSatisfy { $0.switches == kernel.switches && $0.obituaries == kernel.obituaries })
  }

  @Test func `a copy may be given different work from the original`() throws {
    var kernel = try machine(["A": "compute 4ms"])
    kernel.step()
    var copy = kernel
    try copy.start("B", "compute 2ms")
    copy.run()
    kernel.run()
    #expect(kernel.schedule == ["AAAA"])
    #expect(copy.schedule == ["ABABAA"])
  }

  /// Everything that is in a kernel, down to the last private field.
  private func text(of kernel: Kernel) -> String {
    var text = ""
    dump(kernel, to: &text)
    return text
  }
}

/// Four CPUs and tasks of all kinds, with programs drawn from a seed.
func busyMachine(seed: UInt64) throws -> Kernel {
  var random = RandomSource(seed: seed)
  var kernel = try machine(cpus: 4, quantum: 2, frames: 512, components: .tinyPipes, [:])
  for number in 0..<12 {
    let isUrgent = random.oneIn(4)
    try kernel.start(
      String("ABCDEFGHIJKL".dropFirst(number).prefix(1)), randomProgram(&random), at: random.draw(0...5),
      policy: isUrgent ? random.pick([.fifo, .roundRobin]) : .normal, priority: isUrgent ? random.draw(1...99) : 0)
  }
  return kernel
}

/// A parent and its child, joined by a pipe, each with a few random things to do.
private func randomProgram(_ random: inout RandomSource) -> String {
  let parent = (0..<random.draw(2...8)).map { _ in randomLine(&random, pipe: "write r5 \(random.draw(1...40))") }
  let child = (0..<random.draw(2...8)).map { _ in randomLine(&random, pipe: "read r4 \(random.draw(1...40))") }
  let lines = ["pipe r4 r5", "fork", "if r0 == 0 goto child", "close r4"] + parent + ["close r5", "wait", "print r1"]
  return (lines + ["exit 1", "child:", "close r5"] + child + ["exit 2"]).joined(separator: "\n")
}

private func randomLine(_ random: inout RandomSource, pipe: String) -> String {
  switch random.draw(0...6) {
  case 0, 1: "compute \(random.draw(1...40) * 100)us"
  case 2: "sleep \(random.draw(0...20) * 250)us"
  case 3: "yield"
  case 4: "fork"
  case 5: random.pick(["policy fifo 10", "policy rr 20", "policy normal", "print \"x\"", "nonblock r5", "wait"])
  default: pipe
  }
}
