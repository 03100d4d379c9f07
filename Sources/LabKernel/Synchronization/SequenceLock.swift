/// A lock for data that is read far more often than it is written: its readers take nothing, and look again.
///
/// A reader takes down a number, reads the data, and asks whether a write has come in between; if so, what it has read
/// may be half old and half new, and it reads all of it again:
///
/// ```swift
/// var pair = (0, 0)
/// var start = 0
/// repeat {
///   start = lock.readBegin()
///   pair = (seconds.load(ordering: .relaxed), nanoseconds.load(ordering: .relaxed))
/// } while lock.readRetry(start)
///
/// let flags = lock.writeBegin()
/// seconds.store(7, ordering: .relaxed)
/// nanoseconds.store(0, ordering: .relaxed)
/// lock.writeEnd(flags)
/// ```
///
/// The data is no part of the lock. It is read and written at the same time, and so it is made of atomics whose own
/// operations are relaxed: the lock alone gives them an order.
///
/// What a sequence lock owes:
///
/// * a reading for which ``readRetry(_:)`` says no holds what one write left, or what was there at the start;
/// * readers store nothing that other CPUs use, so that no reader keeps anybody waiting;
/// * a reading that no write comes near to is not repeated;
/// * at most one CPU is between ``writeBegin()`` and ``writeEnd(_:)``, and what it does there, plain memory included,
///   comes behind all that was done there before;
/// * no interrupt comes in between them to the CPU that writes: its handler may read, too.
///
/// - Source: Linux, include/linux/seqlock.h, `read_seqbegin()`, `read_seqretry()`, `write_seqlock_irqsave()`,
///   `write_sequnlock_irqrestore()`.
/// - Simplified: one kind of writer; no reader that falls back to locking, and no latch.
public protocol SequenceLock {
  /// A lock whose data nobody has written yet.
  ///
  /// Its atomics are made here, where the CPUs do not run yet.
  init()

  /// Begins a reading, once no write is under way.
  ///
  /// - Returns: what ``readRetry(_:)`` wants to know.
  func readBegin() -> Int

  /// Whether what was read since ``readBegin()`` must be read again, because a write came in between.
  func readRetry(_ start: Int) -> Bool

  /// Begins a write, once no other is under way, with interrupts kept off this CPU.
  ///
  /// - Returns: what ``writeEnd(_:)`` needs in order to let interrupts in as before.
  func writeBegin() -> Int

  /// Ends a write: readers find the new data complete.
  func writeEnd(_ flags: Int)
}
