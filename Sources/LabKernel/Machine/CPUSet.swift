/// A set of CPUs, one bit each.
///
/// - Source: Linux, include/linux/cpumask.h, `struct cpumask`.
struct CPUSet: Sendable, Equatable {
  private var bits: UInt64 = 0

  /// Whether no CPU is in it.
  var isEmpty: Bool { bits == 0 }

  /// Whether `cpu` is in it.
  func contains(_ cpu: CPUID) -> Bool { bits & mask(cpu) != 0 }
  /// Puts `cpu` in.
  mutating func insert(_ cpu: CPUID) { bits |= mask(cpu) }
  /// Takes `cpu` out.
  mutating func remove(_ cpu: CPUID) { bits &= ~mask(cpu) }

  /// Takes the CPU with the lowest number out.
  mutating func popFirst() -> CPUID? {
    guard bits != 0 else { return nil }
    let first = CPUID(bits.trailingZeroBitCount)
    remove(first)
    return first
  }

  private func mask(_ cpu: CPUID) -> UInt64 { 1 << UInt64(cpu.raw) }
}
