import Interleave
import LabKernel

/// Two counts in place of one that is odd: how many writes have begun, and how many are over.
///
/// A reader notes how many are over and asks afterwards how many have begun: if that is the same number, no write was
/// under way. It never waits. The count of those that are over also says whose turn it is among the writers.
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
