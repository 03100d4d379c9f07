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
    // lab:begin wait until nobody writes, and return the number; what is read next must not be older than it
    // Acquire: whoever sees the even number sees the data of the write that ended with it, or newer.
    return sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
    // lab:end
  }

  func readRetry(_ start: Int) -> Bool {
    // lab:begin say whether the number is another by now; what was read must not be newer than this look
    // smp_rmb(): whoever has read a new half sees that its writer had made the number odd before.
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
    // lab:end
  }

  func writeBegin() -> Int {
    // lab:begin keep interrupts off, keep other writers out, and make the number odd before any of the data is written
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
    // lab:begin make the number even after all of the data, then let others in: writers, and interrupts as before
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
    // lab:end
  }
}
