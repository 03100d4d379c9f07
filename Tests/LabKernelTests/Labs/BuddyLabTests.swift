import Foundation
import Interleave
import LabKernel
import Testing

/// An allocator that answers nonsense, to see that the harness stands it.
private struct Nonsense: PageAllocator {
  init(frames: Int) {}
  mutating func allocate(order: Int) -> FrameNumber? { FrameNumber(.max) }
  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {}
  var freeBlocks: [Int] { Array(repeating: .min, count: 100_000) }
}

struct BuddyLabTests {
  private let input = BuddyLab.Input(
    frames: 8,
    [
      .allocate(order: 2, block: 4), .free(block: 0), .freePart(block: 4, offset: -1, order: 1), .free(block: 4),
      .free(block: 4), .freeFrame(-3, order: 11), .allocate(order: 4, block: 0),
    ])

  @Test func `each operation is answered in turn`() {
    let output = BuddyLab.run(FirstFit.self, on: input, calls: SilentCallLog())
    #expect(
      output.steps.map(\.answer) == [
        .block(0), .skipped, .refused(.foreignFree), .freed, .refused(.doubleFree), .refused(.foreignFree), .noBlock,
      ])
    #expect(output.start == output.steps[6].freeBlocks)
  }

  @Test func `inputs and outputs survive the way to the sandbox and back`() throws {
    let output = BuddyLab.run(FirstFit.self, on: input, calls: SilentCallLog())
    let (sent, answered) = (try JSONEncoder().encode(input), try JSONEncoder().encode(output))
    #expect(try JSONDecoder().decode(BuddyLab.Input.self, from: sent) == input)
    #expect(try JSONDecoder().decode(BuddyLab.Output.self, from: answered) == output)
  }

  @Test func `an absurd allocator is written down in few words`() {
    let output = BuddyLab.run(Nonsense.self, on: input, calls: SilentCallLog())
    #expect(output.start == Array(repeating: .min, count: maximumPageOrder + 2))
    #expect(output.steps[0].answer == .block(.max))
    #expect(output.steps[2].answer == .freed)
  }

  @Test(arguments: ["\"\"", "\"8 9\"", "\"8 0 1\"", "\"8 4\""])
  func `what is no input is refused`(text: String) {
    #expect(throws: NumberLineError.self) { try JSONDecoder().decode(BuddyLab.Input.self, from: Data(text.utf8)) }
  }
}
