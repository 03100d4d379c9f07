/// A fingerprint of a state, 128 bits long.
///
/// ```swift
/// var digest = StateDigest()
/// digest.combine(3)
/// digest.insert(other)          // a part whose place among the other parts does not matter
/// digest.finished               // equal for equal contents
/// ```
/// Two independent lanes take each word with a multiplication of their own. Among a hundred million states, the chance
/// that two different ones have the same fingerprint is below 2^-70.
///
/// - Complexity: O(1) for each word.
package struct StateDigest: Hashable, Sendable {
  /// The first lane.
  package private(set) var high: UInt64 = 0x243F_6A88_85A3_08D3
  /// The second lane.
  package private(set) var low: UInt64 = 0x1319_8A2E_0370_7344

  /// The fingerprint of nothing.
  package init() {}

  /// Adds a word, after those before it.
  @inline(__always)
  package mutating func combine(_ word: UInt64) {
    high = (high ^ word) &* 0x9FB2_1C65_1E98_DF25
    high ^= high >> 32
    low = ((low << 23 | low >> 41) &+ word) &* 0xD6E8_FEB8_6659_FD93
    low ^= low >> 29
  }

  /// Adds a number, after those before it.
  @inline(__always)
  package mutating func combine(_ number: Int) { combine(UInt64(bitPattern: Int64(number))) }

  /// Adds two small numbers as one word.
  @inline(__always)
  package mutating func combine(_ first: UInt32, _ second: UInt32) { combine(UInt64(first) << 32 | UInt64(second)) }

  /// Adds a part that is finished; the order of such parts does not matter.
  @inline(__always)
  package mutating func insert(_ part: StateDigest) {
    high &+= part.high
    low &+= part.low
  }

  /// Takes a part out again that was inserted.
  @inline(__always)
  package mutating func remove(_ part: StateDigest) {
    high &-= part.high
    low &-= part.low
  }

  /// The fingerprint, with every bit of the words spread over both lanes.
  package var finished: StateDigest {
    var copy = self
    copy.high = StateDigest.mix(high &+ (low << 32 | low >> 32))
    copy.low = StateDigest.mix(low ^ copy.high &* 0x9E37_79B9_7F4A_7C15)
    return copy
  }

  private static func mix(_ word: UInt64) -> UInt64 {
    var mixed = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
