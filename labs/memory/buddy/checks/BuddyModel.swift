import LabKernel

/// A block of memory: where it begins, and its order.
package struct Block: Equatable, Sendable {
  /// Its first frame.
  package var start: Int
  /// It has `2^order` frames.
  package var order: Int

  /// The block of that order at `start`.
  package init(start: Int, order: Int) {
    self.start = start
    self.order = order
  }

  /// The number of its frames; only for orders that exist.
  package var size: Int { 1 << order }

  /// Its frames.
  package var frames: Range<Int> { start..<start + size }

  /// Whether a block of that order can begin there, in a memory of this many frames.
  package func exists(inMemoryOf frames: Int) -> Bool {
    (0...maximumPageOrder).contains(order) && start >= 0 && start <= frames - size && start.isMultiple(of: size)
  }
}

/// Which frames are in use, and what follows from that: all that there is to know about a buddy system.
///
/// If free buddies are always coalesced, the free blocks are the largest aligned blocks that have no frame in use. So
/// they can be counted without knowing how an allocator got there, and that is what it is judged by.
package struct BuddyModel: Sendable {
  /// The number of the block that each frame belongs to, or nil.
  package private(set) var owners: [Int?]
  /// Where each numbered block was handed out last; looked up, never iterated.
  private var placed: [Int: Block] = [:]

  /// A memory of `frames` frames, all free.
  package init(frames: Int) { owners = Array(repeating: nil, count: frames) }

  /// The size of memory.
  package var frames: Int { owners.count }

  /// Returns where the block with that number was handed out last, or nil if it never was.
  package func place(of number: Int) -> Block? { placed[number] }

  /// Whether exactly that block is in use.
  package func isInUse(_ block: Block) -> Bool {
    guard block.exists(inMemoryOf: frames), let owner = owners[block.start] else { return false }
    return placed[owner] == block
  }

  /// Whether that block exists and all its frames are free.
  package func isFree(_ block: Block) -> Bool {
    block.exists(inMemoryOf: frames) && owners[block.frames].allSatisfy { $0 == nil }
  }

  /// Records that a block was handed out; all its frames must be free.
  package mutating func use(_ block: Block, as number: Int) {
    placed[number] = block
    for frame in block.frames { owners[frame] = number }
  }

  /// Records that a block in use was freed.
  package mutating func release(_ block: Block) {
    for frame in block.frames { owners[frame] = nil }
  }

  /// Returns the order of the largest free block around a free frame.
  package func freeOrder(around frame: Int) -> Int? {
    (0...maximumPageOrder).last { isFree(Block(start: frame & ~((1 << $0) - 1), order: $0)) }
  }

  /// The number of free blocks of each order.
  ///
  /// Two free halves are one free block, which may be half of a larger one; a free block is counted if its other half
  /// is not free.
  package var freeBlocks: [Int] {
    var counts = Array(repeating: 0, count: maximumPageOrder + 1)
    var free = owners.map { $0 == nil }
    for order in 0..<maximumPageOrder {
      var joined: [Bool] = []
      for lower in stride(from: 0, to: free.count, by: 2) {
        let upper = lower + 1 < free.count && free[lower + 1]
        joined.append(free[lower] && upper)
        if free[lower] != upper { counts[order] += 1 }
      }
      free = joined
    }
    counts[maximumPageOrder] = free.count { $0 }
    return counts
  }
}
