// Misconception: A read section that has to be retried is done with interrupts off the second time, so that it is
// short and need not be retried again.
// Breaks: holds-nothing-up in second-time
// Killed by: interrupted
import Interleave
import LabKernel

final class Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isWriting = Atomic(0)
  private var wasInVain = false
  private var flags: Int?

  init() {}

  func readBegin() -> Int {
    let number = sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
    if wasInVain && flags == nil { flags = irqSave() }
    return number
  }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    wasInVain = sequence.load(ordering: .relaxed) != start
    if let saved = flags {
      flags = nil
      irqRestore(saved)
    }
    return wasInVain
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    lock()
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
  }

  private func lock() {
    repeat {
      isWriting.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while isWriting.exchange(1, ordering: .acquiring) != 0
  }
}
