import LabKernel
import Testing

@Suite struct KernelFutexTests {
  /// A machine whose tasks share their memory, each started a millisecond after the one before it.
  private func machine(_ sources: String...) throws -> Kernel {
    var kernel = Kernel(Configuration(quantum: 1))
    var data = DataSegment()
    for (index, source) in sources.enumerated() {
      let program = try ProgramParser.parse(source, data: data)
      data = program.data
      kernel.spawn(
        Spawn("T\(index)", kernel.load(program), start: .zero + .milliseconds(index), sharedMemory: 1))
    }
    return kernel
  }

  @Test func `a task sleeps on a word until it is woken`() throws {
    var kernel = try machine("futex [x] FUTEX_WAIT 0\nprint r0", "store 1 [x]\nr2 = futex [x] FUTEX_WAKE 1\nprint r2")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "10")
  }

  @Test func `a task does not sleep if the word has changed`() throws {
    var kernel = try machine("store 7 [x]\nfutex [x] FUTEX_WAIT 0\nprint r0\nfutex [x] FUTEX_WAIT 7 2ms\nprint r0")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "\(-Errno.EAGAIN.rawValue)\(-Errno.ETIMEDOUT.rawValue)")
    #expect(kernel.now == .zero + .milliseconds(2))
  }

  @Test func `as many are woken as are asked for, those that came first first`() throws {
    let wait = "futex [x] FUTEX_WAIT 0\nprint \"w\""
    var kernel = try machine(
      wait, wait, wait, "r2 = futex [x] FUTEX_WAKE 2\nprint r2\nr2 = futex [y] FUTEX_WAKE 2\nprint r2")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text.count { $0 == "w" } == 2 && kernel.console.text.contains("2"))
    #expect(kernel.sleepers.map(\.call) == ["futex"] && kernel.sleepers.map(\.name) == ["T2"])
  }

  @Test func `the same address in another memory is another word`() throws {
    var kernel = Kernel(Configuration(quantum: 1))
    try kernel.start("A", "futex [x] FUTEX_WAIT 0")
    try kernel.start("B", "r2 = futex [x] FUTEX_WAKE 1\nprint r2", at: 1)
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "0" && kernel.sleepers.count == 1)
  }

  @Test(arguments: [("futex 0 FUTEX_WAIT 0", Errno.EFAULT), ("futex 1048577 FUTEX_WAIT 0", Errno.EINVAL)])
  func `a bad address is refused`(call: String, error: Errno) throws {
    var kernel = try machine("store 0 [x]\n\(call)\nprint r0")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "\(-error.rawValue)")
  }
}
