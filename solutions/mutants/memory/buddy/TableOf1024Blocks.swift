// Misconception: there can never be more blocks in use than the largest block has frames, so a table of 1024 rows
// suffices, and a full table means that memory is used up.
// Breaks: nil in many-blocks
// Killed by: many-blocks
import LabKernel

struct BuddyAllocator: PageAllocator {
  /// A block in use.
  private struct Row {
    var start: Int
    var order: Int
  }

  private static let rows = 1 << maximumPageOrder

  private let frames: Int
  private var lists: [[Int]] = Array(repeating: [], count: maximumPageOrder + 1)
  /// The table of blocks in use.
  private var inUse: [Row] = []

  init(frames: Int) {
    self.frames = frames
    inUse.reserveCapacity(Self.rows)
    var start = 0
    while start < frames {
      var order = min(start.trailingZeroBitCount, maximumPageOrder)
      while start + (1 << order) > frames { order -= 1 }
      lists[order].append(start)
      start += 1 << order
    }
  }

  var freeBlocks: [Int] { lists.map(\.count) }

  mutating func allocate(order: Int) -> FrameNumber? {
    guard inUse.count < Self.rows else { return nil }
    guard let found = (order...maximumPageOrder).first(where: { !lists[$0].isEmpty }) else { return nil }
    let start = lists[found].removeLast()
    for smaller in order..<found { lists[smaller].append(start + (1 << smaller)) }
    inUse.append(Row(start: start, order: order))
    return FrameNumber(start)
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    var start = frame.raw
    guard (0...maximumPageOrder).contains(order), start >= 0, start <= frames - (1 << order),
      start.isMultiple(of: 1 << order)
    else { throw .foreignFree }
    guard let row = inUse.firstIndex(where: { $0.start == start && $0.order == order }) else {
      throw isFree(start, order) ? .doubleFree : .foreignFree
    }
    inUse.swapAt(row, inUse.count - 1)
    inUse.removeLast()
    var order = order
    while order < maximumPageOrder, let index = lists[order].firstIndex(of: start ^ (1 << order)) {
      lists[order].remove(at: index)
      start &= ~(1 << order)
      order += 1
    }
    lists[order].append(start)
  }

  private func isFree(_ start: Int, _ order: Int) -> Bool {
    let end = start + (1 << order)
    return inUse.allSatisfy { $0.start + (1 << $0.order) <= start || end <= $0.start }
  }
}
