// Design: one number per frame and nothing else; every answer is computed from the frames in use.
import LabKernel

struct BuddyAllocator: PageAllocator {
  /// The order of the block in use that begins here; -1 inside of one, -2 where the frame is free.
  private var frames: [Int]

  init(frames count: Int) { frames = Array(repeating: -2, count: count) }

  /// The largest free blocks, from the first frame to the last.
  private func largest() -> [(start: Int, order: Int)] {
    var blocks: [(start: Int, order: Int)] = []
    var start = 0
    while start < frames.count {
      guard frames[start] == -2 else {
        start += 1
        continue
      }
      var end = start
      while end < frames.count, end < start | 1023, frames[end] == -2 { end += 1 }
      if end < frames.count, frames[end] == -2 { end += 1 }
      var order = min(10, start == 0 ? 10 : start.trailingZeroBitCount)
      while start + (1 << order) > end { order -= 1 }
      blocks.append((start, order))
      start += 1 << order
    }
    return blocks
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    var best: (start: Int, order: Int)?
    for block in largest() where block.order >= order && block.order < best?.order ?? 11 { best = block }
    guard let start = best?.start else { return nil }
    for frame in start..<start + (1 << order) { frames[frame] = -1 }
    frames[start] = order
    return FrameNumber(start)
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    guard (0...10).contains(order), frame.raw >= 0, frame.raw % (1 << order) == 0,
      frame.raw <= frames.count - (1 << order)
    else { throw .foreignFree }
    let block = frame.raw..<frame.raw + (1 << order)
    guard frames[frame.raw] == order else {
      throw frames[block].allSatisfy { $0 == -2 } ? .doubleFree : .foreignFree
    }
    for frame in block { frames[frame] = -2 }
  }

  var freeBlocks: [Int] {
    var counts = Array(repeating: 0, count: 11)
    for block in largest() { counts[block.order] += 1 }
    return counts
  }
}
