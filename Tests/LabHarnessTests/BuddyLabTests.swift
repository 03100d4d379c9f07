import LabHarness
import LabKernel
import Testing

/// An allocator that answers nonsense, to see that the harness can take it.
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
      output.replies.map(\.answer) == [
        .block(0), .skipped, .refused(.foreignFree), .freed, .refused(.doubleFree), .refused(.foreignFree), .noBlock,
      ])
    #expect(output.summary == output.replies[6].freeBlocks)
  }

  @Test func `inputs and outputs survive the trip to the sandbox and back`() throws {
    let output = BuddyLab.run(FirstFit.self, on: input, calls: SilentCallLog())
    let (sent, answered) = (try WireEncoder().encode(input), try WireEncoder().encode(output))
    #expect(try WireDecoder().decode(BuddyLab.Input.self, from: sent) == input)
    #expect(try WireDecoder().decode(BuddyLab.Output.self, from: answered) == output)
  }

  @Test func `an absurd allocator is described in few words`() {
    let output = BuddyLab.run(Nonsense.self, on: input, calls: SilentCallLog())
    #expect(output.summary == Array(repeating: .min, count: maximumPageOrder + 2))
    #expect(output.replies[0].answer == .block(.max))
    #expect(output.replies[2].answer == .freed)
  }

  @Test(arguments: ["", "8 9", "8 [ allocate 1", "8 [ swap 1 ]", "8 [ free 1 ] 1", "8 [ free 1 ", "8 [ free '1 ]"])
  func `text that is not an input is refused`(text: String) {
    #expect(throws: DecodingError.self) { try WireDecoder().decode(BuddyLab.Input.self, from: Array(text.utf8)) }
  }
}
