internal import Interleave

/// The simplest spin lock that works: one word; the CPU that changes it from 0 to 1 holds the lock.
///
/// It is correct, and unfair: when it is released, all waiting CPUs race for it, and the first to arrive has no better
/// chance than the CPU that held it last.
///
/// - Source: Linux 2.6.24, include/asm-x86/spinlock_32.h, whose lock was also one byte.
public struct TestAndSetLock: SpinLock {
  private let taken = Atomic(0)

  /// A free lock.
  public init() {}

  /// Waits for the word to look free before it tries: a waiter does not write.
  public func lock() {
    repeat {
      taken.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while !tryLock()
  }

  /// Releases the lock; the quickest CPU gets it.
  public func unlock() { taken.store(0, ordering: .releasing) }

  /// Acquires the lock if the word was 0.
  public func tryLock() -> Bool { taken.exchange(1, ordering: .acquiring) == 0 }
}
