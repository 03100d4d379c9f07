/// A task's memory map, a row in the kernel's table of them; `none` for a task without any segment of its own.
package typealias MemoryMapID = Handle<MemoryMap>

/// The segments that a script loads from and stores to: variables and buffers, and the frames that `sp` leads to.
///
/// ```swift
/// var map = MemoryMap(bytes: 16)
/// map.store(42, .word, at: Segment.data.start)       // true
/// map.load(.byte, at: Segment.data.start)            // 42
/// map.load(.word, at: Segment.data.start + 16)       // nil: not mapped
/// ```
/// - Source: Linux, include/linux/mm_types.h, `struct mm_struct`.
/// - Simplified: two flat areas that no pages back, copied as a whole by `fork`.
package struct MemoryMap: Sendable, Equatable {
  /// The data segment, eight bytes to a word.
  private var words: [UInt64]
  /// The frames, eight bytes to a word; they end where their segment ends.
  private var frames: [UInt64]

  /// `count` bytes of data, all zero, and as many bytes of frames as `frames` says, which is a multiple of 8.
  package init(bytes count: Int, frames: Int = 0) {
    words = Array(repeating: 0, count: (count + 7) / 8)
    self.frames = Array(repeating: 0, count: frames / 8)
  }

  /// How many bytes of data, and how many of frames, there are.
  var sizes: (data: Int, frames: Int) { (words.count * 8, frames.count * 8) }

  /// The number at an address, or nil if that is not mapped.
  @inline(__always)
  package func load(_ width: Width, at address: Int) -> Int? {
    let offset = UInt(bitPattern: address &- Segment.data.start)
    let index = Int(bitPattern: offset >> 3)
    if width == .word, offset & 7 == 0, index < words.count { return Int(Int64(bitPattern: words[index])) }
    return loadBytes(width, at: address)
  }

  /// Stores a number at an address.
  ///
  /// - Returns: false if that is not mapped; then nothing has changed.
  @inline(__always)
  package mutating func store(_ value: Int, _ width: Width, at address: Int) -> Bool {
    let offset = UInt(bitPattern: address &- Segment.data.start)
    let index = Int(bitPattern: offset >> 3)
    guard width == .word, offset & 7 == 0, index < words.count else { return storeBytes(value, width, at: address) }
    words[index] = UInt64(bitPattern: Int64(value))
    return true
  }

  /// The `count` bytes from an address on, or nil if one of them is not mapped.
  func bytes(at address: Int, count: Int) -> [UInt8]? {
    if let offset = dataOffset(of: address, count: count) {
      return (offset..<offset + count).map { MemoryMap.byte($0, of: words) }
    }
    return frameOffset(of: address, count: count).map { offset in
      (offset..<offset + count).map { MemoryMap.byte($0, of: frames) }
    }
  }

  /// Puts bytes at an address.
  ///
  /// - Returns: false if one of them is not mapped; then nothing has changed.
  mutating func write(_ bytes: ArraySlice<UInt8>, at address: Int) -> Bool {
    if let offset = dataOffset(of: address, count: bytes.count) {
      for (index, byte) in bytes.enumerated() { MemoryMap.set(byte, at: offset + index, of: &words) }
      return true
    }
    guard let offset = frameOffset(of: address, count: bytes.count) else { return false }
    for (index, byte) in bytes.enumerated() { MemoryMap.set(byte, at: offset + index, of: &frames) }
    return true
  }

  /// Whether `count` bytes at `address` are all mapped.
  func contains(_ address: Int, count: Int) -> Bool {
    dataOffset(of: address, count: count) != nil || frameOffset(of: address, count: count) != nil
  }

  private func loadBytes(_ width: Width, at address: Int) -> Int? {
    if let offset = dataOffset(of: address, count: width.rawValue) {
      return width.number { MemoryMap.byte(offset + $0, of: words) }
    }
    guard let offset = frameOffset(of: address, count: width.rawValue) else { return nil }
    return width.number { MemoryMap.byte(offset + $0, of: frames) }
  }

  private mutating func storeBytes(_ value: Int, _ width: Width, at address: Int) -> Bool {
    if let offset = dataOffset(of: address, count: width.rawValue) {
      for index in 0..<width.rawValue { MemoryMap.set(Width.byte(index, of: value), at: offset + index, of: &words) }
      return true
    }
    guard let offset = frameOffset(of: address, count: width.rawValue) else { return false }
    for index in 0..<width.rawValue { MemoryMap.set(Width.byte(index, of: value), at: offset + index, of: &frames) }
    return true
  }

  /// The offset of `count` bytes in the data segment, or nil if they are not all there.
  private func dataOffset(of address: Int, count: Int) -> Int? {
    Segment.data.offset(of: address, count: count).flatMap { $0 <= words.count * 8 - count ? $0 : nil }
  }

  /// The offset of `count` bytes in the frames, or nil if they are not all there.
  private func frameOffset(of address: Int, count: Int) -> Int? {
    guard let offset = Segment.frames.offset(of: address, count: count) else { return nil }
    let unused = Segment.frames.maximumSize - frames.count * 8
    return offset >= unused ? offset - unused : nil
  }

  /// Adds everything that can be loaded to `digest`.
  func digest(into digest: inout StateDigest) {
    for word in words { digest.combine(word) }
    for word in frames { digest.combine(word) }
  }

  private static func byte(_ offset: Int, of words: [UInt64]) -> UInt8 {
    Width.byte(offset & 7, of: Int(Int64(bitPattern: words[offset >> 3])))
  }

  private static func set(_ byte: UInt8, at offset: Int, of words: inout [UInt64]) {
    let shift = UInt64(8 * (offset & 7))
    words[offset >> 3] = words[offset >> 3] & ~(0xFF << shift) | UInt64(byte) << shift
  }
}
