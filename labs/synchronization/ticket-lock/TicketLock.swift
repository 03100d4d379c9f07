import Interleave
import LabKernel

/// A spin lock that is given out in the order in which it was asked for: each CPU draws a number and waits for it.
///
/// ```
///   next    7      the number that the next who comes will draw
///   owner   4      the number that is being served: its CPU has the lock; 5 and 6 wait
/// ```
///
/// Invariants. `owner <= next`. The lock is free if and only if they are equal. Every number from `owner` up to `next`
/// belongs to exactly one CPU, which has the lock, or waits for it, and will give it back. Only the CPU that is being
/// served writes `owner`.
///
/// - Source: Linux 2.6.25 to 4.1, `arch_spin_lock()` and `arch_spin_trylock()` of x86; today
///   include/asm-generic/spinlock.h.
/// - Simplified: the two numbers are words of their own, and never come to their end. In Linux they are the halves of
///   one word, and wrap around.
struct TicketLock: SpinLock {
  /// The number that the next CPU draws.
  private let next = Atomic(0)
  /// The number that is being served.
  private let owner = Atomic(0)

  init() {}

  func lock() {
    todo("draw a number, in one step; wait until it is served")
  }

  func unlock() {
    todo("serve the next number")
  }

  func tryLock() -> Bool {
    todo("draw a number only if it would be served at once")
  }
}
