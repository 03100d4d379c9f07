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
    // lab:begin wait until no write is in progress, and return the number; the data read next must not be older than it
    // Acquire: a reader that sees the even number also sees the data of the write that ended with it, or newer data.
    return sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
    // lab:end
  }

  func readRetry(_ start: Int) -> Bool {
    // lab:begin return whether the number has changed; the data read before must not be newer than this second look
    // smp_rmb(): a reader that has read a new half also sees that its writer had made the number odd before.
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
    // lab:end
  }

  func writeBegin() -> Int {
    // lab:begin disable interrupts, keep other writers out, and make the number odd before any of the data is written
    let flags = irqSave()
    repeat {
      isWriting.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while isWriting.exchange(1, ordering: .acquiring) != 0
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    // smp_wmb(): the odd number comes before the data.
    fence(ordering: .releasing)
    return flags
    // lab:end
  }

  func writeEnd(_ flags: Int) {
    // lab:begin make the number even after all of the data is written, then let writers in and restore interrupts
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
    // lab:end
  }
}
