import LabKernel
import Testing

/// Counts of free blocks, with zeroes for the orders that are left out.
private func counts(_ numbers: [Int: Int]) -> [Int] { (0...maximumPageOrder).map { numbers[$0] ?? 0 } }

struct FirstFitTests {
  @Test func `all of memory is free at the start, in the largest aligned blocks`() {
    #expect(FirstFit(frames: 11).freeBlocks == counts([0: 1, 1: 1, 3: 1]))
    #expect(FirstFit(frames: 2048).freeBlocks == counts([10: 2]))
  }

  @Test func `a block begins at a multiple of its size`() {
    var memory = FirstFit(frames: 16)
    #expect(memory.allocate(order: 0) == FrameNumber(0))
    #expect(memory.allocate(order: 2) == FrameNumber(4))
    #expect(memory.allocate(order: 1) == FrameNumber(2))
    #expect(memory.allocate(order: 0) == FrameNumber(1))
  }

  @Test func `what does not fit is refused`() {
    var memory = FirstFit(frames: 8)
    #expect(memory.allocate(order: 0) == FrameNumber(0))
    #expect(memory.allocate(order: 3) == nil)
    #expect(memory.allocate(order: 2) == FrameNumber(4))
    #expect(memory.allocate(order: 2) == nil)
  }

  @Test func `a block that is given back coalesces with both neighbours`() throws {
    var memory = FirstFit(frames: 4)
    for _ in 0..<4 { _ = memory.allocate(order: 0) }
    try memory.free(FrameNumber(0), order: 0)
    try memory.free(FrameNumber(2), order: 0)
    #expect(memory.freeBlocks == counts([0: 2]))
    try memory.free(FrameNumber(1), order: 0)
    try memory.free(FrameNumber(3), order: 0)
    #expect(memory.freeBlocks == counts([2: 1]))
  }

  @Test func `freeing a block that is already free is a double free`() throws {
    var memory = FirstFit(frames: 16)
    let allocated = memory.allocate(order: 1)
    let block = try #require(allocated)
    try memory.free(block, order: 1)
    #expect(throws: FreeError.doubleFree) { try memory.free(block, order: 1) }
    #expect(throws: FreeError.doubleFree) { try memory.free(FrameNumber(8), order: 3) }
  }

  @Test(arguments: [
    (0, 0), (0, 2), (1, 0), (1, 1), (16, 0), (-1, 0), (0, 5), (0, 11), (0, -1), (Int.max, 0), (Int.min, 0),
  ])
  func `freeing what was not handed out is a foreign free, and changes nothing`(frame: Int, order: Int) {
    var memory = FirstFit(frames: 16)
    #expect(memory.allocate(order: 1) == FrameNumber(0))
    let before = memory.freeBlocks
    #expect(throws: FreeError.foreignFree) { try memory.free(FrameNumber(frame), order: order) }
    #expect(memory.freeBlocks == before)
  }

  @Test func `all of a large memory is handed out in order and taken back`() throws {
    let frames = 400_000
    var memory = FirstFit(frames: frames)
    var handedOut = 0
    while memory.allocate(order: 0) == FrameNumber(handedOut) { handedOut += 1 }
    #expect(handedOut == frames)
    for frame in 0..<frames { try memory.free(FrameNumber(frame), order: 0) }
    #expect(memory.freeBlocks == FirstFit(frames: frames).freeBlocks)
  }
}
