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

  /// Written as the bare number.
  public init(from decoder: any Decoder) throws { raw = try decoder.singleValueContainer().decode(Int.self) }
  /// Written as the bare number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(raw)
  }
}

/// Why the allocator would not take a block back.
public enum FreeError: Error, Codable, Sendable, Equatable {
  /// The block is free already.
  case doubleFree
  /// No block of that order was handed out at that frame: outside memory, misaligned, inside another block, or
  /// of another order.
  case foreignFree
}

/// Hands out physically contiguous page frames in blocks of 2^order.
///
/// The kernel stack of each task comes from here, and so will every page of memory. It never
/// blocks: where memory is short it says so at once, and the caller decides.
///
/// - Source: Linux, include/linux/gfp.h, `alloc_pages()` and `__free_pages()`.
public protocol PageAllocator: Sendable {
  /// Takes charge of the frames `0 ..< frames`, all free.
  init(frames: Int)

  /// A free block of `2^order` frames, aligned to its size, or nil where none is left.
  ///
  /// - Parameter order: 0 … ``maximumPageOrder``.
  mutating func allocate(order: Int) -> FrameNumber?

  /// Takes back the block that `allocate(order:)` handed out at `frame`.
  ///
  /// - Throws: ``FreeError`` where there is no such block; then nothing has changed.
  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError)

  /// How many free blocks there are of each order: `maximumPageOrder + 1` numbers, as in the columns of `/proc/buddyinfo`.
  var freeBlocks: [Int] { get }
}

/// The largest block is 2^10 frames: 4 MiB.
///
/// - Source: Linux, include/linux/mmzone.h, `MAX_PAGE_ORDER`.
public let maximumPageOrder = 10

/// The size of a page frame, in bytes.
public let pageSize = 4096
