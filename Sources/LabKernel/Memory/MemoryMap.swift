/// A task's memory map, a row in the kernel's table of them; `none` for a task without a data segment.
package typealias MemoryMapID = Handle<MemoryMap>

/// The data segment that a script loads from and stores to: variables and buffers.
///
/// ```swift
/// var map = MemoryMap(bytes: 16)
/// map.store(42, .word, at: Segment.data.start)       // true
/// map.load(.byte, at: Segment.data.start)            // 42
/// map.load(.word, at: Segment.data.start + 16)       // nil: not mapped
/// ```
/// - Source: Linux, include/linux/mm_types.h, `struct mm_struct`.
/// - Simplified: one flat area that no pages back, copied as a whole by `fork`.
package struct MemoryMap: Sendable, Equatable {
  /// The segment, eight bytes to a word.
  private var words: [UInt64]

  /// `count` bytes, all zero.
  package init(bytes count: Int) { words = Array(repeating: 0, count: (count + 7) / 8) }

  /// The number at an address, or nil if that is not mapped.
  @inline(__always)
  package func load(_ width: Width, at address: Int) -> Int? {
    let offset = UInt(bitPattern: address &- Segment.data.start)
    let index = Int(bitPattern: offset >> 3)
    if width == .word, offset & 7 == 0 { return index < words.count ? Int(Int64(bitPattern: words[index])) : nil }
    guard let offset = self.offset(of: address, count: width.rawValue) else { return nil }
    return width.number { byte(at: offset + $0) }
  }

  /// Stores a number at an address.
  ///
  /// - Returns: false if that is not mapped; then nothing has changed.
  @inline(__always)
  package mutating func store(_ value: Int, _ width: Width, at address: Int) -> Bool {
    let offset = UInt(bitPattern: address &- Segment.data.start)
    let index = Int(bitPattern: offset >> 3)
    if width == .word, offset & 7 == 0 {
      guard index < words.count else { return false }
      words[index] = UInt64(bitPattern: Int64(value))
      return true
    }
    guard let offset = self.offset(of: address, count: width.rawValue) else { return false }
    for index in 0..<width.rawValue { setByte(Width.byte(index, of: value), at: offset + index) }
    return true
  }

  /// The `count` bytes from an address on, or nil if one of them is not mapped.
  func bytes(at address: Int, count: Int) -> [UInt8]? {
    offset(of: address, count: count).map { offset in (offset..<offset + count).map { byte(at: $0) } }
  }

  /// Puts bytes at an address.
  ///
  /// - Returns: false if one of them is not mapped; then nothing has changed.
  mutating func write(_ bytes: ArraySlice<UInt8>, at address: Int) -> Bool {
    guard let offset = offset(of: address, count: bytes.count) else { return false }
    for (index, byte) in bytes.enumerated() { setByte(byte, at: offset + index) }
    return true
  }

  /// The offset of `count` bytes at `address`, or nil if they are not all mapped.
  func offset(of address: Int, count: Int) -> Int? {
    Segment.data.offset(of: address, count: count).flatMap { $0 <= words.count * 8 - count ? $0 : nil }
  }

  private func byte(at offset: Int) -> UInt8 { Width.byte(offset & 7, of: Int(Int64(bitPattern: words[offset >> 3]))) }

  private mutating func setByte(_ byte: UInt8, at offset: Int) {
    let shift = UInt64(8 * (offset & 7))
    words[offset >> 3] = words[offset >> 3] & ~(0xFF << shift) | UInt64(byte) << shift
  }
}
