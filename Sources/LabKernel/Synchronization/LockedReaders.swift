internal import Interleave

/// The simplest sequence lock: a spin lock that readers acquire just as writers do, so that no reader ever has to
/// retry.
///
/// It is correct, and the opposite of what a sequence lock is for: each reader writes to the lock, and all readers wait
/// for each other.
///
/// - Simplified: Linux has no such thing; include/linux/seqlock.h, `read_seqlock_excl()`, is the nearest to it.
public struct LockedReaders: SequenceLock {
  private let isTaken = Atomic(0)

  /// A free lock.
  public init() {}

  /// Acquires the lock.
  public func readBegin() -> Int {
    let flags = irqSave()
    acquire()
    return flags
  }

  /// Releases the lock; a reader never has to retry.
  public func readRetry(_ start: Int) -> Bool {
    isTaken.store(0, ordering: .releasing)
    irqRestore(start)
    return false
  }

  /// Acquires the lock.
  public func writeBegin() -> Int { readBegin() }

  /// Releases the lock.
  public func writeEnd(_ flags: Int) { _ = readRetry(flags) }

  private func acquire() {
    repeat {
      isTaken.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while isTaken.exchange(1, ordering: .acquiring) != 0
  }
}
