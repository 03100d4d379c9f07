// Misconception: a writer waits until there is no reader, so that no reader ever has to retry.
// Killed by: barriers, interrupted, many-writes, nothing-torn, orderings, overtaken, readers-store-nothing,
//   writers-and-reader
// Breaks: readers-only-load in alone
// Breaks: holds-nothing-up in beside-a-writer
// Plainly.
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isWriting = Atomic(0)
  private let readers = Atomic(0)

  init() {}

  func readBegin() -> Int {
    while true {
      sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring)
      readers.fetchAdd(1, ordering: .sequentiallyConsistent)
      fence(ordering: .sequentiallyConsistent)
      let start = sequence.load(ordering: .sequentiallyConsistent)
      if start % 2 == 0 { return start }
      readers.fetchAdd(-1, ordering: .releasing)
    }
  }

  func readRetry(_ start: Int) -> Bool {
    readers.fetchAdd(-1, ordering: .releasing)
    return false
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    repeat {
      isWriting.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while isWriting.exchange(1, ordering: .acquiring) != 0
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .sequentiallyConsistent)
    fence(ordering: .sequentiallyConsistent)
    readers.spin(until: { $0 == 0 }, ordering: .acquiring)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
