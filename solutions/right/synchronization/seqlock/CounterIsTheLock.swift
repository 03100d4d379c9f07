// Design: the counter is the lock: a writer makes it odd by a compare-and-exchange, and readers wait for nothing.
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let count = Atomic(0)

  init() {}

  func readBegin() -> Int { count.load(ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    if start & 1 == 1 { return true }
    fence(ordering: .acquiring)
    return count.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    while true {
      let even = count.spin(until: { $0 & 1 == 0 }, ordering: .relaxed)
      if count.compareExchange(expected: even, desired: even + 1, ordering: .acquiring).exchanged { break }
    }
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    count.fetchAdd(1, ordering: .releasing)
    irqRestore(flags)
  }
}
