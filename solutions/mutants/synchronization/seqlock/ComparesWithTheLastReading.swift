// Misconception: the data is whole if the number is the same as in the last read section.
// Killed by: interrupted, interrupts-as-before, many-writes, nothing-torn, readers-store-nothing, reads-at-once
// Breaks: undisturbed in second-time
import Interleave
import LabKernel

final class Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isWriting = Atomic(0)
  private var last = 0

  init() {}

  func readBegin() -> Int {
    return sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
  }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    let now = sequence.load(ordering: .relaxed)
    defer { last = now }
    return now != last
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
