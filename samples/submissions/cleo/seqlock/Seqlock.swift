import Interleave
import LabKernel

/// The counter keeps the writers apart, too: the CPU that makes it odd writes.
struct Seqlock: SequenceLock {
  private let count = Atomic(0)

  init() {}

  func readBegin() -> Int { count.spin(until: { $0 % 2 == 0 }, ordering: .acquiring) }

  // Acquiring, so that it is in order.
  func readRetry(_ start: Int) -> Bool { count.load(ordering: .acquiring) != start }

  func writeBegin() -> Int {
    let flags = irqSave()
    while true {
      let even = count.spin(until: { $0 % 2 == 0 }, ordering: .relaxed)
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
