import LabKernel
import Testing

struct RtMutexLabTests {
  private func answers(_ priorities: [Int], _ steps: [RtMutexLab.Step]) -> [RtMutexLab.Answer] {
    RtMutexLab.run(PlainMutex.self, on: RtMutexLab.Input(priorities, steps), calls: SilentCallLog()).replies
      .map(\.answer)
  }

  @Test func `a task that waits makes no calls until it is the owner`() {
    let steps: [RtMutexLab.Step] = [
      .init(0, .lock(0)), .init(1, .lock(0)), .init(1, .lock(1)), .init(1, .unlock(0)), .init(0, .unlock(0)),
      .init(1, .unlock(0)),
    ]
    #expect(answers([50, 60], steps) == [.acquired, .waits, .skipped, .skipped, .handed(1), .done])
  }

  @Test func `only who waits gives up, and goes on then`() {
    let steps: [RtMutexLab.Step] = [
      .init(0, .lock(0)), .init(0, .giveUp), .init(1, .lock(0)), .init(1, .giveUp), .init(1, .unlock(0)),
    ]
    #expect(answers([50, 60], steps) == [.acquired, .skipped, .waits, .done, .refused(.EPERM)])
  }

  @Test func `a priority that there is not, and a task that there is not, are left out`() {
    #expect(
      answers([50], [.init(0, .setPriority(100)), .init(0, .setPriority(-1)), .init(3, .lock(0))])
        == [.skipped, .skipped, .skipped])
  }

  @Test func `owners and priorities are told after each step, on the scale of the user`() {
    let input = RtMutexLab.Input(
      [50, 0], [.init(1, .lock(2)), .init(0, .setPriority(70)), .init(0, .setPriority(0)), .init(1, .unlock(2))])
    let output = RtMutexLab.run(PlainMutex.self, on: input, calls: SilentCallLog())
    #expect(output.replies.map(\.owners) == [[-1, -1, 1], [-1, -1, 1], [-1, -1, 1], [-1, -1, -1]])
    #expect(output.replies.map(\.priorities) == [[50, 0], [70, 0], [0, 0], [0, 0]])
  }
}
