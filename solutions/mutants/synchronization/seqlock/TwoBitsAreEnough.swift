// Misconception: a counter that wraps will do, too: no reader is overtaken by two whole writes.
// Killed by: barriers, interrupted, many-writes, nothing-torn, overtaken, readers-store-nothing, writers-and-reader
// Breaks: whole in second-time
// Breaks: sent-back in second-time
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
    sequence.store((sequence.load(ordering: .relaxed) + 1) % 4, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store((sequence.load(ordering: .relaxed) + 1) % 4, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
