// Misconception: a block smaller than memory has its buddy in memory (subtle: not if memory ends inside the coalesced
// block).
// Breaks: joining in odd-memory
// Killed by: smallest-first, split-buddy, top-order, edge-of-memory, many-blocks, large-memory, mixed-workload
import LabKernel

struct BuddyAllocator: PageAllocator {
  private let frames: Int
  /// The free blocks of each order, by their first frame.
  private var free: [[Int]]
  /// The order of each block in use, by its first frame.
  private var orders: [Int: Int] = [:]
  /// For each frame the order of the free block that begins there, or -1.
  private var freeOrder: [Int]

  var freeBlocks: [Int] { free.map(\.count) }

  init(frames: Int) {
    self.frames = frames
    free = Array(repeating: [], count: maximumPageOrder + 1)
    freeOrder = Array(repeating: -1, count: frames)
    var start = 0
    var order = maximumPageOrder
    while start < frames {
      while start + (1 << order) > frames { order -= 1 }
      free[order].append(start)
      freeOrder[start] = order
      start += 1 << order
    }
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    var found = order
    while found <= maximumPageOrder, free[found].isEmpty { found += 1 }
    guard found <= maximumPageOrder else { return nil }
    let start = free[found].removeLast()
    freeOrder[start] = -1
    while found > order {
      found -= 1
      free[found].append(start + (1 << found))
      freeOrder[start + (1 << found)] = found
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
    while order < maximumPageOrder, 2 << order <= frames {
      let buddy = start ^ (1 << order)
      guard freeOrder[buddy] == order, let index = free[order].firstIndex(of: buddy) else { break }
      free[order].remove(at: index)
      freeOrder[buddy] = -1
      start = min(start, buddy)
      order += 1
    }
    free[order].append(start)
    freeOrder[start] = order
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
