/// A set of CPUs, one bit each.
///
/// - Source: Linux, include/linux/cpumask.h, `struct cpumask`.
package struct CPUSet: Sendable, Equatable {
  private var bits: UInt64 = 0

  /// An empty set.
  package init() {}

  /// Whether the set is empty.
  package var isEmpty: Bool { bits == 0 }

  /// Whether `cpu` is in it.
  package func contains(_ cpu: CPUID) -> Bool { bits & mask(cpu) != 0 }
  /// Adds `cpu`.
  package mutating func insert(_ cpu: CPUID) { bits |= mask(cpu) }
  /// Removes `cpu`.
  package mutating func remove(_ cpu: CPUID) { bits &= ~mask(cpu) }

  /// Removes and returns the CPU with the lowest number.
  package mutating func popFirst() -> CPUID? {
    guard bits != 0 else { return nil }
    let first = CPUID(bits.trailingZeroBitCount)
    remove(first)
    return first
  }

  private func mask(_ cpu: CPUID) -> UInt64 { 1 << UInt64(cpu.raw) }
}
