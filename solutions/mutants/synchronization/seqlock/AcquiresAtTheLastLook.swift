// Misconception: a load with acquire keeps the accesses before it where they are.
// Killed by: barriers, orderings
// Breaks: orderings in ra
// Plainly.
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isWriting = Atomic(0)

  init() {}

  func readBegin() -> Int {
    return sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
  }

  func readRetry(_ start: Int) -> Bool {
    return sequence.load(ordering: .acquiring) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    repeat {
      isWriting.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while isWriting.exchange(1, ordering: .acquiring) != 0
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
