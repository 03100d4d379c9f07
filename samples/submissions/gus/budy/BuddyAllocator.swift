import LabKernel

/// A buddy allocator without tables: the free blocks of each order are a set of frame numbers, and the blocks in use
/// a dictionary.
struct BuddyAllocator: PageAllocator {
  private let frames: Int
  private var free: [Set<Int>]
  private var orders: [Int: Int] = [:]

  init(frames: Int) {
    self.frames = frames
    free = Array(repeating: [], count: maximumPageOrder + 1)
    // From the largest blocks to the smallest, like counting out coins.
    var start = 0
    for order in (0...maximumPageOrder).reversed() {
      while frames - start >= 1 << order {
        free[order].insert(start)
        start += 1 << order
      }
    }
  }

  var freeBlocks: [Int] { free.map(\.count) }

  mutating func allocate(order: Int) -> FrameNumber? {
    guard let start = take(order) else { return nil }
    orders[start] = order
    return FrameNumber(start)
  }

  /// A block of exactly this order, or else one half of a block of the next order. The other half stays free.
  private mutating func take(_ order: Int) -> Int? {
    guard order <= maximumPageOrder else { return nil }
    if let lowest = free[order].min() {
      free[order].remove(lowest)
      return lowest
    }
    guard let whole = take(order + 1) else { return nil }
    free[order].insert(whole)
    return whole + (1 << order)
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    guard orders[frame.raw] == order else {
      throw isFree(frame.raw, order) ? .doubleFree : .foreignFree
    }
    orders[frame.raw] = nil
    give(frame.raw, order)
  }

  /// Puts a block into the set of its order; or takes its buddy out of there, and puts both into the next set.
  private mutating func give(_ start: Int, _ order: Int) {
    if order < maximumPageOrder, free[order].remove(start ^ (1 << order)) != nil {
      give(start & ~(1 << order), order + 1)
    } else {
      free[order].insert(start)
    }
  }

  private func isFree(_ start: Int, _ order: Int) -> Bool {
    guard order >= 0, order <= maximumPageOrder, start % (1 << order) == 0 else { return false }
    return free.indices.dropFirst(order).contains { free[$0].contains(start & ~((1 << $0) - 1)) }
  }
}
