import Interleave
import LabKernel

/// Two counts instead of one that can be odd: how many writes have begun, and how many have ended.
///
/// A reader notes how many writes have ended and afterwards asks how many have begun: if the numbers are equal, no
/// write was in progress. It never waits. The number of ended writes also says which writer is next.
struct Seqlock: SequenceLock {
  private let begun = Atomic(0)
  private let over = Atomic(0)
  private let drawn = Atomic(0)

  init() {}

  func readBegin() -> Int { over.load(ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return begun.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    let number = drawn.fetchAdd(1, ordering: .relaxed)
    over.spin(until: { $0 == number }, ordering: .acquiring)
    begun.store(number + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    over.store(over.load(ordering: .relaxed) + 1, ordering: .releasing)
    irqRestore(flags)
  }
}
