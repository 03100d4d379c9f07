// Misconception: A reader that waits for a writer does so with interrupts off, like a CPU that waits for a spin lock,
// so as to be ready when the number is even.
// Breaks: holds-nothing-up in handler-and-second-cpu
// Killed by: interrupted
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isWriting = Atomic(0)

  init() {}

  func readBegin() -> Int {
    let number = sequence.load(ordering: .acquiring)
    if number % 2 == 0 { return number }
    let flags = irqSave()
    let even = sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
    irqRestore(flags)
    return even
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
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
