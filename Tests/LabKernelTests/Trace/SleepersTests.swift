import LabKernel
import Testing

@Suite struct SleepersTests {
  @Test func `a reader that holds the write end itself waits for itself, and its parent for it`() throws {
    var kernel = try machine(["W": "pipe r4 r5\nfork\nif r0 == 0 goto child\nclose r5\nwait\nexit\nchild: read r4 10"])
    #expect(kernel.runChecked() == [])
    #expect(
      kernel.sleepers == [
        Sleeper(pid: 2, name: "W", reason: .childExit, wakers: [3]),
        Sleeper(pid: 3, name: "W", reason: .pipe(PipeID(raw: 0), .read), wakers: [3]),
      ])
  }

  @Test func `a writer to a full pipe waits for all who could read`() throws {
    let writer = "pipe r4 r5\nfork\nif r0 == 0 goto child\nclose r4\nwrite r5 70000\nexit\n"
    // Two who have the read end open, and sleep over a pipe of their own.
    let readers = "child: close r5\nfork\npipe r6 r7\nread r6 1"
    var kernel = try machine(["P": writer + readers])
    #expect(kernel.runChecked() == [])
    #expect(kernel.sleepers.first == Sleeper(pid: 2, name: "P", reason: .pipe(PipeID(raw: 0), .write), wakers: [3, 4]))
  }

  @Test func `who sleeps for some time is woken by nobody, and nobody sleeps when all have ended`() throws {
    var kernel = try machine(["A": "compute 1ms\nsleep 5ms"])
    kernel.run(until: .zero + .milliseconds(2))
    #expect(kernel.sleepers == [Sleeper(pid: 2, name: "A", reason: .timer, wakers: [])])
    kernel.run()
    #expect(kernel.sleepers == [])
  }
}
