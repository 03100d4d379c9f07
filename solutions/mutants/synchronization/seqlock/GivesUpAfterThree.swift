// Misconception: a reader that was disturbed three times must be allowed to continue, so it takes the data that it
// has.
// Killed by: many-writes, overtaken, readers-store-nothing
// Breaks: sent-back in many-times
import Interleave
import LabKernel

final class Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isWriting = Atomic(0)
  private var disturbances = 0

  init() {}

  func readBegin() -> Int {
    return sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
  }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    let isDisturbed = sequence.load(ordering: .relaxed) != start
    disturbances = isDisturbed ? disturbances + 1 : 0
    if disturbances < 3 { return isDisturbed }
    disturbances = 0
    return false
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
