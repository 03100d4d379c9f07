/// A set of CPUs, one bit each.
///
/// - Source: Linux, include/linux/cpumask.h, `struct cpumask`.
package struct CPUSet: Sendable, Equatable {
  private var bits: UInt64 = 0

  /// No CPU.
  package init() {}

  /// Whether no CPU is in it.
  package var isEmpty: Bool { bits == 0 }

  /// Whether `cpu` is in it.
  package func contains(_ cpu: CPUID) -> Bool { bits & mask(cpu) != 0 }
  /// Puts `cpu` in.
  package mutating func insert(_ cpu: CPUID) { bits |= mask(cpu) }
  /// Takes `cpu` out.
  package mutating func remove(_ cpu: CPUID) { bits &= ~mask(cpu) }

  /// Takes the CPU with the lowest number out.
  package mutating func popFirst() -> CPUID? {
    guard bits != 0 else { return nil }
    let first = CPUID(bits.trailingZeroBitCount)
    remove(first)
    return first
  }

  private func mask(_ cpu: CPUID) -> UInt64 { 1 << UInt64(cpu.raw) }
}
