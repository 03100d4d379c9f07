// Misconception: a block that comes back is coalesced with its buddy; the result is a free block like any other, and
// that is all.
// Breaks: joining in first-time
// Plainly.
// Killed by: exhaustion, coalescing, refused-frees, smallest-block, right-buddy, split-buddy, top-order,
//   edge-of-memory, foreign-free, refusal-changes-nothing, recovery, many-blocks, large-memory, mixed-workload
import LabKernel

struct BuddyAllocator: PageAllocator {
  private let frames: Int
  /// The free blocks of each order, by their first frame.
  private var free: [[Int]]
  /// The order of each block in use, by its first frame.
  private var orders: [Int: Int] = [:]

  var freeBlocks: [Int] { free.map(\.count) }

  init(frames: Int) {
    self.frames = frames
    free = Array(repeating: [], count: maximumPageOrder + 1)
    var start = 0
    var order = maximumPageOrder
    while start < frames {
      while start + (1 << order) > frames { order -= 1 }
      free[order].append(start)
      start += 1 << order
    }
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    var found = order
    while found <= maximumPageOrder, free[found].isEmpty { found += 1 }
    guard found <= maximumPageOrder else { return nil }
    let start = free[found].removeLast()
    while found > order {
      found -= 1
      free[found].append(start + (1 << found))
    }
    orders[start] = order
    return FrameNumber(start)
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    guard orders[frame.raw] == order else {
      throw isFree(frame.raw, order) ? .doubleFree : .foreignFree
    }
    orders[frame.raw] = nil
    var start = frame.raw
    var order = order
    let buddy = start ^ (1 << order)
    if order < maximumPageOrder, let index = free[order].firstIndex(of: buddy) {
      free[order].remove(at: index)
      start = min(start, buddy)
      order += 1
    }
    free[order].append(start)
  }

  private func isFree(_ start: Int, _ order: Int) -> Bool {
    guard (0...maximumPageOrder).contains(order), start >= 0, start < frames, start % (1 << order) == 0 else {
      return false
    }
    for larger in order...maximumPageOrder where free[larger].contains(start & ~((1 << larger) - 1)) {
      return true
    }
    return false
  }
}
