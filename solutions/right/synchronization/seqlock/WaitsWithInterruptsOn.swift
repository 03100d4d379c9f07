// Design: a writer that has to wait enables interrupts meanwhile; each CPU remembers for itself what to restore.
import Interleave
import LabKernel

final class Seqlock: SequenceLock {
  private let number = Atomic(0)
  private let isTaken = Atomic(0)
  private var flags = 0

  init() {}

  func readBegin() -> Int { number.spin(until: { $0 % 2 == 0 }, ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    let now = number.load(ordering: .relaxed)
    return now > start
  }

  func writeBegin() -> Int {
    while true {
      flags = irqSave()
      if isTaken.exchange(1, ordering: .acquiring) == 0 { break }
      irqRestore(flags)
      isTaken.spin(until: { $0 == 0 }, ordering: .relaxed)
    }
    number.store(number.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .acquiringAndReleasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    number.store(number.load(ordering: .relaxed) + 1, ordering: .releasing)
    isTaken.store(0, ordering: .releasing)
    irqRestore(self.flags)
  }
}
