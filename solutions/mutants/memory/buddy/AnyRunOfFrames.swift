// Misconception: contiguous is contiguous, so a block may begin at any frame.
// Breaks: sound in first-time
// Plainly.
// Killed by: sound-blocks, splitting, smallest-first, exhaustion, coalescing, refused-frees, smallest-block,
//   right-buddy, split-buddy, top-order, edge-of-memory, foreign-free, refusal-changes-nothing, recovery,
//   many-blocks, large-memory, mixed-workload
import LabKernel

struct BuddyAllocator: PageAllocator {
  /// Whether each frame is in use.
  private var used: [Bool]
  /// The order of each block in use, by its first frame.
  private var orders: [Int: Int] = [:]

  init(frames: Int) {
    used = Array(repeating: false, count: frames)
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    let size = 1 << order
    // Not aligned: any run of free frames that is long enough will do.
    guard used.count >= size,
      let start = (0...used.count - size).first(where: { isFree($0, size) })
    else { return nil }
    mark(start, size, true)
    orders[start] = order
    return FrameNumber(start)
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    guard orders[frame.raw] == order else {
      guard (0...maximumPageOrder).contains(order), frame.raw >= 0, frame.raw <= used.count - (1 << order) else {
        throw .foreignFree
      }
      throw frame.raw % (1 << order) == 0 && isFree(frame.raw, 1 << order) ? .doubleFree : .foreignFree
    }
    orders[frame.raw] = nil
    mark(frame.raw, 1 << order, false)
  }

  var freeBlocks: [Int] {
    var counts = Array(repeating: 0, count: maximumPageOrder + 1)
    var start = 0
    while start < used.count {
      var order = maximumPageOrder
      while order > 0, start % (1 << order) != 0 || start + (1 << order) > used.count || !isFree(start, 1 << order) {
        order -= 1
      }
      if !used[start] { counts[order] += 1 }
      start += 1 << order
    }
    return counts
  }

  private func isFree(_ start: Int, _ size: Int) -> Bool {
    !used[start..<start + size].contains(true)
  }

  private mutating func mark(_ start: Int, _ size: Int, _ value: Bool) {
    for frame in start..<start + size { used[frame] = value }
  }
}
