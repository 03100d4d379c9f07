// Misconception: the number is stored with release, so the store that unlocks after it need not be.
// Killed by: barriers, interrupted, one-writer, writers-and-reader, writers-exclude
// Breaks: one-writer in contended
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
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
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
    isWriting.store(0, ordering: .relaxed)
    irqRestore(flags)
  }
}
