import LabKernel

/// Physical memory in blocks of 2^order frames, with the free ones on one list an order.
///
/// ```
/// 16 frames, A and B in use     the free lists
///
///   0   4   8   12              order 0: 5
///   AA..B...........            order 1: 2, 6
///                               order 2: -
///                               order 3: 8
/// ```
///
/// Invariants. Each frame lies in exactly one block, which is free or in use, and only the first frame
/// of a block knows which of the two and of what order. A block of order k begins at a multiple of 2^k.
/// No two blocks on a free list are buddies of each other.
///
/// - Source: Linux, mm/page_alloc.c, `__rmqueue_smallest()`, `expand()` and `__free_one_page()`.
/// - Simplified: one zone, no migrate types, no lists of single pages for each CPU.
struct BuddyAllocator: PageAllocator {
  /// What is known of a frame; as in Linux's `struct page`, the links of the free lists lie in the frames' own table.
  private struct Page {
    /// What begins at this frame.
    var block = Block.none
    /// The neighbours on the free list, if a free block begins here.
    var next = BuddyAllocator.endOfList
    var previous = BuddyAllocator.endOfList
  }

  /// What can begin at a frame.
  private enum Block: Equatable {
    /// Nothing: the frame is inside a block that begins further down.
    case none
    case free(order: Int)
    case inUse(order: Int)
  }

  private static let endOfList = -1

  /// One row a frame.
  private var pages: [Page]
  /// The first free block of each order, or `endOfList`.
  private var firstFree: [Int]
  /// How long each free list is.
  private(set) var freeBlocks: [Int]

  init(frames: Int) {
    pages = Array(repeating: Page(), count: frames)
    firstFree = Array(repeating: Self.endOfList, count: maximumPageOrder + 1)
    freeBlocks = Array(repeating: 0, count: maximumPageOrder + 1)
    // lab:begin put all of memory on the free lists, in the largest aligned blocks that fit
    var frame = 0
    while frame < frames {
      // Frame numbers ending in k zero bits are where blocks of order k may begin; 0 ends in as many as one likes.
      var order = min(frame.trailingZeroBitCount, maximumPageOrder)
      while frame + (1 << order) > frames { order -= 1 }
      insert(frame, order: order)
      frame += 1 << order
    }
    // lab:end
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    // lab:begin take a block of the smallest order that has one, and split it down to the order that is asked for
    guard let found = (order...maximumPageOrder).first(where: { freeBlocks[$0] > 0 }) else { return nil }
    let frame = firstFree[found]
    remove(frame, order: found)
    // The lower half is split again and again; each upper half stays free, one of each order on the way down.
    for half in (order..<found).reversed() {
      insert(frame + (1 << half), order: half)
    }
    pages[frame].block = .inUse(order: order)
    return FrameNumber(frame)
    // lab:end
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    // lab:begin refuse what is not in use, then join the block with its buddy for as long as that one is free
    try checkInUse(frame.raw, order: order)
    pages[frame.raw].block = .none
    var (start, order) = (frame.raw, order)
    while order < maximumPageOrder, let buddy = freeBuddy(of: start, order: order) {
      remove(buddy, order: order)
      // Of two buddies the lower one is where their union begins.
      start = min(start, buddy)
      order += 1
    }
    insert(start, order: order)
    // lab:end
  }

  // lab:begin declare: Helpers of your own: who is the buddy of a block, and is a block in use or free?
  /// The other half of the block that `start` is a half of, if it is one free block and not in use, split or missing.
  private func freeBuddy(of start: Int, order: Int) -> Int? {
    // Halves of one block differ in exactly this bit.
    let buddy = start ^ (1 << order)
    // Where memory ends inside the union, the upper half is cut short or missing. It is never a whole free block.
    guard buddy < pages.count, pages[buddy].block == .free(order: order) else { return nil }
    return buddy
  }

  /// Refuses a block that is not in use exactly as it is described, and says which of the two mistakes it is.
  private func checkInUse(_ start: Int, order: Int) throws(FreeError) {
    guard (0...maximumPageOrder).contains(order), start >= 0, start <= pages.count - (1 << order),
      start.isMultiple(of: 1 << order)
    else { throw .foreignFree }
    guard pages[start].block != .inUse(order: order) else { return }
    throw isFree(start, order: order) ? .doubleFree : .foreignFree
  }

  /// Whether all frames of an aligned block are free.
  ///
  /// As all that can be joined is joined, one free block holds them all.
  private func isFree(_ start: Int, order: Int) -> Bool {
    (order...maximumPageOrder).contains { larger in
      pages[start & ~((1 << larger) - 1)].block == .free(order: larger)
    }
  }
  // lab:end

  /// Puts a block at the head of its free list.
  private mutating func insert(_ start: Int, order: Int) {
    let next = firstFree[order]
    pages[start] = Page(block: .free(order: order), next: next)
    if next != Self.endOfList { pages[next].previous = start }
    firstFree[order] = start
    freeBlocks[order] += 1
  }

  /// Takes a block off its free list, wherever it stands in it.
  private mutating func remove(_ start: Int, order: Int) {
    let (next, previous) = (pages[start].next, pages[start].previous)
    if next != Self.endOfList { pages[next].previous = previous }
    if previous != Self.endOfList { pages[previous].next = next } else { firstFree[order] = next }
    pages[start] = Page()
    freeBlocks[order] -= 1
  }
}
