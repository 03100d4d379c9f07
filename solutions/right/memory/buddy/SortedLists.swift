// Design: one sorted array of free blocks per order, and a dictionary of blocks in use; hands out the highest block.
import LabKernel

struct BuddyAllocator: PageAllocator {
  private var free: [[Int]] = Array(repeating: [], count: 11)
  private var inUse: [Int: Int] = [:]
  private let count: Int

  init(frames: Int) {
    count = frames
    var start = 0
    for order in (0...10).reversed() {
      while start + (1 << order) <= frames {
        free[order].append(start)
        start += 1 << order
      }
    }
  }

  private func place(of start: Int, in order: Int) -> (index: Int, isThere: Bool) {
    var (low, high) = (0, free[order].count)
    while low < high {
      let middle = (low + high) / 2
      if free[order][middle] < start { low = middle + 1 } else { high = middle }
    }
    return (low, low < free[order].count && free[order][low] == start)
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    var from = order
    while from <= 10, free[from].isEmpty { from += 1 }
    guard from <= 10, let start = free[from].popLast() else { return nil }
    var place = start
    while from > order {
      from -= 1
      // The lower half stays free, the upper one is cut further.
      free[from].insert(place, at: self.place(of: place, in: from).index)
      place += 1 << from
    }
    inUse[place] = order
    return FrameNumber(place)
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    guard inUse[frame.raw] == order else { throw mistake(frame.raw, order) }
    inUse[frame.raw] = nil
    var (start, order) = (frame.raw, order)
    while order < 10 {
      let buddy = place(of: start ^ (1 << order), in: order)
      guard buddy.isThere else { break }
      free[order].remove(at: buddy.index)
      start &= ~(1 << order)
      order += 1
    }
    free[order].insert(start, at: place(of: start, in: order).index)
  }

  private func mistake(_ start: Int, _ order: Int) -> FreeError {
    guard order >= 0, order <= 10, start >= 0, start < count, start & ((1 << order) - 1) == 0 else {
      return .foreignFree
    }
    for larger in order...10 where place(of: (start >> larger) << larger, in: larger).isThere { return .doubleFree }
    return .foreignFree
  }

  var freeBlocks: [Int] { free.map(\.count) }
}
