import LabKernel
import Testing

@Suite struct SleepersTests {
  @Test func `a reader that holds the write end itself waits for itself, and its parent for it`() throws {
    var kernel = try machine(["W": "pipe r4 r5\nfork\nif r0 == 0 goto child\nclose r5\nwait\nexit\nchild: read r4 10"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.told == ["W 2: wait [3] ends", "W 3: read [3] writes to the pipe"])
  }

  @Test func `a writer to a full pipe waits for all tasks that could read`() throws {
    let writer = "pipe r4 r5\nfork\nif r0 == 0 goto child\nclose r4\nwrite r5 70000\nexit\n"
    // Two tasks that have the read end open, and sleep on pipes of their own.
    let readers = "child: close r5\nfork\npipe r6 r7\nread r6 1"
    var kernel = try machine(["P": writer + readers])
    #expect(kernel.runChecked() == [])
    #expect(
      kernel.told == [
        "P 2: write [3, 4] reads from the pipe", "P 3: read [3] writes to the pipe", "P 4: read [4] writes to the pipe",
      ])
  }

  @Test func `a task that waits for a mutex waits for its owner`() throws {
    var kernel = try machine(["A": "lock m\ncompute 2ms\nlock n", "B": "lock n\ncompute 2ms\nlock m"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.told == ["A 2: lock [3] unlocks n", "B 3: lock [2] unlocks m"])
  }

  @Test func `a task that sleeps for some time has no wakers, and no task sleeps when all have ended`() throws {
    var kernel = try machine(["A": "compute 1ms\nsleep 5ms"])
    kernel.run(until: .zero + .milliseconds(2))
    #expect(kernel.told == ["A 2: sleep [] "])
    kernel.run()
    #expect(kernel.told == [])
  }
}

extension Kernel {
  /// The sleepers, one per line.
  fileprivate var told: [String] {
    sleepers.map { "\($0.name) \($0.pid): \($0.call) \($0.wakers) \($0.remedy)" }
  }
}
