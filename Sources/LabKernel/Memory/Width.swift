/// How many bytes of memory a load or a store moves.
///
/// The first byte has the lowest bits, as on x86, arm64 and RISC-V.
/// - Source: the sizes of `char`, `int` and `long` in Linux's interfaces to user space.
public enum Width: Int, Sendable, Hashable, Codable, CaseIterable {
  /// One byte: 0 … 255.
  case byte = 1
  /// Four bytes, signed: C's `int`.
  case int = 4
  /// Eight bytes, signed: a register.
  case word = 8

  /// The number stored in the bytes that `byte` returns, the lowest first.
  @inline(__always)
  func number(_ byte: (Int) -> UInt8) -> Int {
    var bits: UInt64 = 0
    for index in 0..<rawValue { bits |= UInt64(byte(index)) << UInt64(8 * index) }
    return number(bits)
  }

  /// The number that the lowest bits of `bits` stand for.
  @inline(__always)
  func number(_ bits: UInt64) -> Int {
    switch self {
    case .byte: Int(bits & 0xFF)
    case .int: Int(Int32(truncatingIfNeeded: bits))
    case .word: Int(Int64(bitPattern: bits))
    }
  }

  /// Byte `index` of `value`.
  @inline(__always)
  static func byte(_ index: Int, of value: Int) -> UInt8 { UInt8(truncatingIfNeeded: value >> (8 * index)) }
}
