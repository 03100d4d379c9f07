import Interleave
import LabKernel

/// A sequence lock: a counter that is odd while somebody writes, and a spin lock that keeps writers apart.
///
/// ```
///   sequence    4        5         5          6
///   writer      |  odd   | first = | second = |  even
///   reader      4 . . . . . . . . . . . . . . 6: not what it was, so once more
/// ```
///
/// Invariants. `sequence` only grows, and by 1. It is odd exactly while the data may be half written; the CPU that
/// made it so holds `isWriting` and lets no interrupt in. A reader that finds the same even number before and after
/// has read nothing of a write.
///
/// - Source: Linux, include/linux/seqlock.h, `seqlock_t`: `raw_write_seqcount_begin()` and its peers.
/// - Simplified: the counter has 64 bits and cannot wrap during a reading; Linux's has 32.
struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isWriting = Atomic(0)

  init() {}

  func readBegin() -> Int {
    todo("wait until nobody writes, and return the number; what is read next must not be older than it")
  }

  func readRetry(_ start: Int) -> Bool {
    todo("say whether the number is another by now; what was read must not be newer than this look")
  }

  func writeBegin() -> Int {
    todo("keep interrupts off, keep other writers out, and make the number odd before any of the data is written")
  }

  func writeEnd(_ flags: Int) {
    todo("make the number even after all of the data, then let others in: writers, and interrupts as before")
  }
}
