internal import Interleave

/// The simplest spin lock that works: one word, and whoever changes it from 0 to 1 has the lock.
///
/// It is right, and unfair: when it is given back, all that wait run for it, and who was the first to come has no
/// better chance than the one who had it last.
///
/// - Source: Linux 2.6.24, include/asm-x86/spinlock_32.h, whose lock was one byte too.
public struct TestAndSetLock: SpinLock {
  private let taken = Atomic(0)

  /// A lock that nobody holds.
  public init() {}

  /// Waits for the word to look free before it tries: who waits does not write.
  public func lock() {
    repeat {
      taken.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while !tryLock()
  }

  /// Gives the lock back to whoever is quickest.
  public func unlock() { taken.store(0, ordering: .releasing) }

  /// Takes the lock if the word was 0.
  public func tryLock() -> Bool { taken.exchange(1, ordering: .acquiring) == 0 }
}
