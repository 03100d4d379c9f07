import Interleave
import LabKernel

/// A sequence lock: a counter that is odd while a write is in progress, and a spin lock that keeps writers apart.
///
/// ```
///   sequence    4        5         5          6
///   writer      |  odd   | first = | second = |  even
///   reader      4 . . . . . . . . . . . . . . 6 is not 4: retry
/// ```
///
/// Invariants. `sequence` only grows, by 1 at a time. It is odd exactly while the data may be half written; the CPU
/// that made it odd holds `isWriting` and keeps interrupts off. A reader that sees the same even number before and
/// after its loads has read no half-written data.
///
/// - Source: Linux, include/linux/seqlock.h, `seqlock_t`: `raw_write_seqcount_begin()` and its peers.
/// - Simplified: the counter has 64 bits and cannot wrap during a read section; Linux's has 32.
struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isWriting = Atomic(0)

  init() {}

  func readBegin() -> Int {
    todo("wait until no write is in progress, and return the number; the data read next must not be older than it")
  }

  func readRetry(_ start: Int) -> Bool {
    todo("return whether the number has changed; the data read before must not be newer than this second look")
  }

  func writeBegin() -> Int {
    todo("disable interrupts, keep other writers out, and make the number odd before any of the data is written")
  }

  func writeEnd(_ flags: Int) {
    todo("make the number even after all of the data is written, then let writers in and restore interrupts")
  }
}
