import LabKernel
import Testing

@Suite struct KernelThreadTests {
  @Test func `a kernel thread works once per period, until it is asked to stop`() throws {
    var kernel = try machine(["A": "compute 12ms"])
    let thread = try kernel.runThread(.periodic("K", work: .milliseconds(1), period: .milliseconds(4)))
    kernel.run(until: .zero + .milliseconds(10))
    kernel.stopThread(thread)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AKAAKAAAKAAAAAA"])
  }

  @Test func `kthreadd is the parent of all kernel threads, and is made with the first`() throws {
    var kernel = Kernel()
    let first = try kernel.createThread(KernelThread("first") { _, _, _ in .exit(0) })
    let second = try kernel.createThread(KernelThread("second") { _, _, _ in .exit(0) })
    #expect(kernel.tasks[first].parent == kernel.tasks[second].parent)
    #expect(kernel.tasks[kernel.tasks[first].parent].name == "kthreadd")
    #expect(kernel.brokenInvariants() == [])
  }

  @Test func `a kernel thread that was created and not woken does not run`() throws {
    var kernel = Kernel()
    let thread = try kernel.createThread(KernelThread("K") { _, _, _ in .exit(0) })
    kernel.run()
    #expect(kernel.tasks[thread].state == .uninterruptible)
    #expect(kernel.tasks[thread].state.letter == "D")
  }

  @Test func `a kernel thread that ends is reaped`() throws {
    var kernel = Kernel()
    _ = try kernel.runThread(KernelThread("K") { _, _, calls in calls == 0 ? .work(.milliseconds(2)) : .exit(3) })
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.map(\.status) == [.exited(3)])
    #expect(kernel.tasks.living == 3)
  }

  @Test func `no signal ends a kernel thread`() throws {
    var kernel = try machine(["A": "compute 1ms\nkill 3 SIGKILL\nprint r0"])
    _ = try kernel.runThread(.periodic("K", work: .milliseconds(1), period: .milliseconds(2)))
    kernel.run(until: .zero + .milliseconds(9))
    #expect(kernel.console.text == "0")
    #expect(kernel.obituaries.map(\.name) == ["A"])
  }
}
