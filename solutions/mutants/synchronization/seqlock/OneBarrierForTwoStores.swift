// Misconception: one barrier after the data is enough for all the stores that follow.
// Killed by: barriers
// Breaks: orderings in contended
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isBusy = Atomic(0)

  init() {}

  func readBegin() -> Int { sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    while isBusy.exchange(1, ordering: .acquiring) != 0 {
      isBusy.spin(until: { $0 == 0 }, ordering: .relaxed)
    }
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    fence(ordering: .releasing)
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    isBusy.store(0, ordering: .relaxed)
    irqRestore(flags)
  }
}
