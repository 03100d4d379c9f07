import LabKernel

/// Physical memory in blocks of 2^order frames, with one free list per order.
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
/// Invariants. Each frame lies in exactly one block, which is free or in use; only the first frame of the
/// block says which, and of what order it is. A block of order k begins at a multiple of 2^k.
/// No two blocks on a free list are buddies of each other.
///
/// - Source: Linux, mm/page_alloc.c, `__rmqueue_smallest()`, `expand()` and `__free_one_page()`.
/// - Simplified: one zone, no migrate types, no per-CPU lists of single pages.
struct BuddyAllocator: PageAllocator {
  /// The record of a frame; as in Linux's `struct page`, the links of the free lists are in the table of frames itself.
  private struct Page {
    /// What begins at this frame.
    var block = Block.none
    /// The neighbours on the free list, if a free block begins here.
    var next = BuddyAllocator.endOfList
    var previous = BuddyAllocator.endOfList
  }

  /// What can begin at a frame.
  private enum Block: Equatable {
    /// Nothing: the frame is inside a block that begins at a lower frame.
    case none
    case free(order: Int)
    case inUse(order: Int)
  }

  private static let endOfList = -1

  /// One row per frame.
  private var pages: [Page]
  /// The first free block of each order, or `endOfList`.
  private var firstFree: [Int]
  /// The length of each free list.
  private(set) var freeBlocks: [Int]

  init(frames: Int) {
    pages = Array(repeating: Page(), count: frames)
    firstFree = Array(repeating: Self.endOfList, count: maximumPageOrder + 1)
    freeBlocks = Array(repeating: 0, count: maximumPageOrder + 1)
    // lab:begin put all of memory on the free lists, in the largest aligned blocks that fit
    var frame = 0
    while frame < frames {
      // Blocks of order k may begin at frame numbers that end in k zero bits; 0 ends in as many as you like.
      var order = min(frame.trailingZeroBitCount, maximumPageOrder)
      while frame + (1 << order) > frames { order -= 1 }
      insert(frame, order: order)
      frame += 1 << order
    }
    // lab:end
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    // lab:begin take a free block of the smallest order that suffices, and split it down to the requested order
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
    // lab:begin refuse a block that is not in use; else coalesce it with its buddy, for as long as the buddy is free
    try checkInUse(frame.raw, order: order)
    pages[frame.raw].block = .none
    var (start, order) = (frame.raw, order)
    while order < maximumPageOrder, let buddy = freeBuddy(of: start, order: order) {
      remove(buddy, order: order)
      // The coalesced block begins where the lower buddy begins.
      start = min(start, buddy)
      order += 1
    }
    insert(start, order: order)
    // lab:end
  }

  // lab:begin declare: Helpers of your own: which is the buddy of a block, and is a block in use or free?
  /// Returns the other half of the block that `start` is a half of, unless it is in use, split or missing.
  private func freeBuddy(of start: Int, order: Int) -> Int? {
    // Halves of one block differ in exactly this bit.
    let buddy = start ^ (1 << order)
    // If memory ends inside the larger block, the upper half is cut short or missing. It is never a whole free block.
    guard buddy < pages.count, pages[buddy].block == .free(order: order) else { return nil }
    return buddy
  }

  /// Refuses a block that is not in use exactly as described, and says which of the two mistakes it is.
  private func checkInUse(_ start: Int, order: Int) throws(FreeError) {
    guard (0...maximumPageOrder).contains(order), start >= 0, start <= pages.count - (1 << order),
      start.isMultiple(of: 1 << order)
    else { throw .foreignFree }
    guard pages[start].block != .inUse(order: order) else { return }
    throw isFree(start, order: order) ? .doubleFree : .foreignFree
  }

  /// Whether all frames of an aligned block are free.
  ///
  /// Since buddies that are free are always coalesced, one free block then holds all of these frames.
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

  /// Takes a block off its free list, wherever on the list it is.
  private mutating func remove(_ start: Int, order: Int) {
    let (next, previous) = (pages[start].next, pages[start].previous)
    if next != Self.endOfList { pages[next].previous = previous }
    if previous != Self.endOfList { pages[previous].next = next } else { firstFree[order] = next }
    pages[start] = Page()
    freeBlocks[order] -= 1
  }
}
