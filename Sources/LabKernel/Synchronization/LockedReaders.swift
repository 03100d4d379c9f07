internal import Interleave

/// The simplest sequence lock: a spin lock that readers take as writers do, so that nothing is ever to be read again.
///
/// Correct, and the opposite of what a sequence lock is for: each reader writes to the lock, and all wait for each other.
///
/// - Simplified: Linux has no such thing; include/linux/seqlock.h, `read_seqlock_excl()`, is the nearest to it.
public struct LockedReaders: SequenceLock {
  private let isTaken = Atomic(0)

  /// A lock that nobody holds.
  public init() {}

  /// Takes the lock.
  public func readBegin() -> Int {
    let flags = irqSave()
    acquire()
    return flags
  }

  /// Gives the lock back; there is nothing to read again.
  public func readRetry(_ start: Int) -> Bool {
    isTaken.store(0, ordering: .releasing)
    irqRestore(start)
    return false
  }

  /// Takes the lock.
  public func writeBegin() -> Int { readBegin() }

  /// Gives the lock back.
  public func writeEnd(_ flags: Int) { _ = readRetry(flags) }

  private func acquire() {
    repeat {
      isTaken.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while isTaken.exchange(1, ordering: .acquiring) != 0
  }
}
