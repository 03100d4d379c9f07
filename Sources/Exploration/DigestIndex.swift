import LabKernel

/// Fingerprints, numbered in the order in which they were first met.
///
/// ```swift
/// let (number, isNew) = index.insert(digest)
/// ```
/// A hash table with open addressing. A slot holds a number and 32 bits of the fingerprint, so that the fingerprint
/// itself is read only where it is likely to be the same.
///
/// Invariant: at most half of the slots are in use, and a fingerprint is in the first free slot from its own on.
///
/// - Complexity: O(1); 16 bytes for each, and 16 to 32 bytes of slots.
struct DigestIndex {
  private var slots: [UInt64] = Array(repeating: 0, count: 1 << 10)
  private var digests: [StateDigest] = []

  /// How many there are.
  var count: Int { digests.count }

  /// The number of a fingerprint, and whether it is met for the first time.
  mutating func insert(_ digest: StateDigest) -> (number: Int, isNew: Bool) {
    let mask = slots.count - 1
    let tag = digest.low & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: digest.high) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot] & 0xFFFF_FFFF) - 1
      if slots[slot] & 0xFFFF_FFFF_0000_0000 == tag, digests[number] == digest { return (number, false) }
      slot = (slot + 1) & mask
    }
    digests.append(digest)
    slots[slot] = tag | UInt64(digests.count)
    if digests.count * 2 > slots.count { grow() }
    return (digests.count - 1, true)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (number, digest) in digests.enumerated() {
      var slot = Int(truncatingIfNeeded: digest.high) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = digest.low & 0xFFFF_FFFF_0000_0000 | UInt64(number + 1)
    }
  }
}
