// Misconception: readers should be warned early: the number is made odd first, then the lock is acquired.
// Killed by: writers-and-reader
// Breaks: whole in third-cpu
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
    sequence.fetchAdd(1, ordering: .relaxed)
    repeat {
      isWriting.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while isWriting.exchange(1, ordering: .acquiring) != 0
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.fetchAdd(1, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
