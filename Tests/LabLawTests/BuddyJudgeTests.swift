import LabHarness
import LabKernel
import MemoryChecks
import Reference
import Testing

struct BuddyJudgeTests {
  private let input = BuddyLab.Input(frames: 8, [.allocate(order: 0, block: 0), .free(block: 0)])

  @Test func `an empty answer is reported`() {
    let empty = BuddyLab.Output([], [])
    #expect(BuddyJudge.judge(input, empty, by: [])?.what == "2 calls were made, but 0 answers came back")
  }

  @Test func `a shortened answer is reported`() {
    var output = BuddyLab.run(Reference.buddy, on: input, calls: SilentCallLog())
    #expect(BuddyJudge.judge(input, output, by: .all) == nil)
    output.replies.removeLast()
    #expect(BuddyJudge.judge(input, output, by: [])?.what == "2 calls were made, but 1 answers came back")
  }
}
