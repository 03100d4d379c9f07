// Design: a class; a dictionary says what begins at a frame, and free blocks are kept in queues, first in, first out.
import LabKernel

final class BuddyAllocator: PageAllocator, @unchecked Sendable {
  private struct Block: Hashable {
    var start: Int
    var order: Int
    var buddy: Block { Block(start: start ^ (1 << order), order: order) }
    var whole: Block { Block(start: start & ~(1 << order), order: order + 1) }
    var halves: (Block, Block) {
      (Block(start: start, order: order - 1), Block(start: start + (1 << (order - 1)), order: order - 1))
    }
  }

  private var queues: [[Block]] = Array(repeating: [], count: maximumPageOrder + 1)
  private var free: Set<Block> = []
  private var inUse: Set<Block> = []
  private let frames: Int

  required init(frames: Int) {
    self.frames = frames
    var start = 0
    while start < frames {
      let order = (0...maximumPageOrder).last { start % (1 << $0) == 0 && start + (1 << $0) <= frames } ?? 0
      add(Block(start: start, order: order))
      start += 1 << order
    }
  }

  private func add(_ block: Block) {
    free.insert(block)
    queues[block.order].append(block)
  }

  private func drop(_ block: Block) {
    free.remove(block)
    queues[block.order].removeAll { $0 == block }
  }

  func allocate(order: Int) -> FrameNumber? {
    guard var block = queues[order...].lazy.compactMap(\.first).first else { return nil }
    drop(block)
    while block.order > order {
      let (lower, upper) = block.halves
      add(lower)
      block = upper
    }
    inUse.insert(block)
    return FrameNumber(block.start)
  }

  func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    var block = Block(start: frame.raw, order: order)
    guard inUse.remove(block) != nil else {
      guard (0...maximumPageOrder).contains(order), frame.raw >= 0, frame.raw < frames,
        frame.raw % (1 << order) == 0
      else { throw .foreignFree }
      let around = (order...maximumPageOrder).map { Block(start: frame.raw & ~((1 << $0) - 1), order: $0) }
      throw around.contains(where: free.contains) ? .doubleFree : .foreignFree
    }
    while block.order < maximumPageOrder, free.contains(block.buddy) {
      drop(block.buddy)
      block = block.whole
    }
    add(block)
  }

  var freeBlocks: [Int] { queues.map(\.count) }
}
