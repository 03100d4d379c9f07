// Misconception: four doors, used in turn, keep four writers apart: a writer that leaves opens the next door (but no
// writer shuts the door through which it came, so from the fifth write on all are open).
// Breaks: one-writer in many-times
// Killed by: writers-and-reader
import Interleave
import LabKernel

final class Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let next = Atomic(0)
  private let isOpen = [Atomic(1), Atomic(0), Atomic(0), Atomic(0)]
  private var mine = 0

  init() {}

  func readBegin() -> Int {
    sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
  }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    mine = next.fetchAdd(1, ordering: .relaxed)
    isOpen[mine % 4].spin(until: { $0 == 1 }, ordering: .acquiring)
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    isOpen[(mine + 1) % 4].store(1, ordering: .releasing)
    irqRestore(flags)
  }
}
