/// A lock for data that is read far more often than it is written: its readers acquire nothing, and retry.
///
/// A reader notes a number, reads the data, and checks whether a write has come in between; if so, what it has read may
/// be half old and half new, and it reads everything again:
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
/// The data is not part of the lock. It may be read and written at the same time, so it is made of atomics whose own
/// operations are relaxed: only the lock gives them an order.
///
/// What a sequence lock owes:
///
/// * a read section for which ``readRetry(_:)`` returns false has read what one write left, or what was there at the
///   start;
/// * readers store nothing that other CPUs use, so that no reader delays another CPU;
/// * a read section that no write overlaps is not retried;
/// * at most one CPU is in a *write section*, between ``writeBegin()`` and ``writeEnd(_:)``, and what it does there,
///   including accesses to plain memory, comes after everything that was done in earlier write sections;
/// * the writing CPU takes no interrupt in its write section: the handler may read, too.
///
/// - Source: Linux, include/linux/seqlock.h, `read_seqbegin()`, `read_seqretry()`, `write_seqlock_irqsave()`,
///   `write_sequnlock_irqrestore()`.
/// - Simplified: one kind of writer; no reader that falls back to locking, and no latch.
public protocol SequenceLock {
  /// A lock whose data has not been written yet.
  ///
  /// Its atomics are made here, before the CPUs run.
  init()

  /// Begins a read section, once no write is under way.
  ///
  /// - Returns: the number to pass to ``readRetry(_:)``.
  func readBegin() -> Int

  /// Whether what was read since ``readBegin()`` must be read again, because a write came in between.
  func readRetry(_ start: Int) -> Bool

  /// Begins a write section, once no other is under way, with interrupts disabled on this CPU.
  ///
  /// - Returns: what ``writeEnd(_:)`` needs to restore interrupts as they were.
  func writeBegin() -> Int

  /// Ends a write section: readers find the new data complete.
  func writeEnd(_ flags: Int)
}
