/// A page frame: 4096 bytes of physical memory, named by its number from the start of memory.
///
/// - Source: Linux, include/linux/pfn.h, `pfn`.
public struct FrameNumber: Hashable, Comparable, Codable, Sendable {
  /// How many frames lie below this one.
  public var raw: Int

  /// The frame with `raw` frames below it.
  public init(_ raw: Int) { self.raw = raw }

  /// Orders frames by their place in memory.
  public static func < (left: FrameNumber, right: FrameNumber) -> Bool { left.raw < right.raw }

  /// Reads the bare number.
  public init(from decoder: any Decoder) throws { raw = try decoder.singleValueContainer().decode(Int.self) }
  /// Writes the bare number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(raw)
  }
}

/// Why the allocator refused to take a block back.
///
/// - Simplified: Linux trusts its callers and reports such mistakes, at best, as a "bad page state" in the log.
public enum FreeError: String, Error, Codable, Sendable, Equatable {
  /// The block is already free: it is aligned, it lies inside memory, and each of its frames is free.
  case doubleFree
  /// No block of that order is in use at that frame, and it is not a double free either.
  ///
  /// It extends outside memory, it is misaligned, there is no such order, or some of its frames belong to blocks of
  /// another order or at another place.
  case foreignFree
}

/// Hands out physically contiguous page frames in blocks of 2^order.
///
/// The kernel stack of each task comes from here, and so will every page of memory. It never blocks: if memory is
/// short, it says so at once, and the caller decides.
///
/// - Source: Linux, include/linux/gfp.h, `alloc_pages()` and `__free_pages()`.
public protocol PageAllocator: Sendable {
  /// Takes charge of the frames `0 ..< frames`, all free, in the largest aligned blocks that fit.
  ///
  /// - Parameter frames: at least 1, and not necessarily a power of two.
  init(frames: Int)

  /// Hands out a free block of `2^order` frames, aligned to its size, or nil if no free block is large enough.
  ///
  /// It is cut from a free block of the smallest order that suffices. The allocator chooses which block of that order,
  /// and which part of it; what is left over stays free.
  /// - Parameter order: 0 … ``maximumPageOrder``; callers pass no other.
  mutating func allocate(order: Int) -> FrameNumber?

  /// Takes back the block that `allocate(order:)` handed out at `frame`, and coalesces it with its free buddies.
  ///
  /// - Throws: ``FreeError`` if no such block is in use; then nothing has changed.
  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError)

  /// The number of free blocks of each order: `maximumPageOrder + 1` numbers, as in `/proc/buddyinfo`.
  var freeBlocks: [Int] { get }
}
