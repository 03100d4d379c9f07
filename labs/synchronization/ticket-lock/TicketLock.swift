import Interleave
import LabKernel

/// A spin lock that serves CPUs in the order in which they ask for it: each draws a number and waits for its turn.
///
/// ```
///   next    7      the number that the next CPU will draw
///   owner   4      the number being served: its CPU holds the lock, 5 and 6 wait
/// ```
///
/// Invariants. `owner <= next`. The lock is free if and only if they are equal. Every number from `owner` to `next - 1`
/// belongs to exactly one CPU, which holds the lock or waits for it, and will release it. Only the CPU that is being
/// served writes `owner`.
///
/// - Source: Linux 2.6.25 to 4.1, `arch_spin_lock()` and `arch_spin_trylock()` of x86; today
///   include/asm-generic/spinlock.h.
/// - Simplified: the two numbers are separate words and never wrap around. In Linux they are the two halves of one
///   word, and do wrap around.
struct TicketLock: SpinLock {
  /// The number that the next CPU draws.
  private let next = Atomic(0)
  /// The number being served.
  private let owner = Atomic(0)

  init() {}

  func lock() {
    todo("draw a number in one step, then wait until it is served")
  }

  func unlock() {
    todo("serve the next number")
  }

  func tryLock() -> Bool {
    todo("draw a number only if that number is being served already")
  }
}
