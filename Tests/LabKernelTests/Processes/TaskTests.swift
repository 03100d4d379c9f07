import LabKernel
import Testing

@Suite struct TaskTests {
  @Test(arguments: [
    (LabKernel.ExitStatus.exited(0), 0), (.exited(1), 0x100), (.exited(255), 0xFF00), (.signaled(.SIGSEGV), 11),
    (.signaled(.SIGPIPE), 13),
  ])
  func `a wait status has the code in its second byte or the signal in its first`(
    _ status: LabKernel.ExitStatus, _ word: Int
  ) {
    #expect(status.waitStatus == word)
  }

  @Test(
    arguments: [
      (TaskState.runnable, "R"), (.running(0), "R"), (.interruptible, "S"), (.zombie(.exited(0)), "Z"),
      (.dead, "X"),
    ] as [(TaskState, Character)])
  func `a state has the letter that ps prints`(_ state: TaskState, _ letter: Character) {
    #expect(state.letter == letter)
  }

  @Test func `a task is a row of at most 512 bytes`() {
    #expect(MemoryLayout<LabKernel.Task>.stride <= 512)
  }
}
