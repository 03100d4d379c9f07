// Design: two counters, of writes begun and of writes ended; the data is whole if they agree around the read section.
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let begun = Atomic(0)
  private let ended = Atomic(0)
  private let guardWord = Atomic(0)

  init() {}

  func readBegin() -> Int { return ended.load(ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return begun.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    while guardWord.exchange(1, ordering: .acquiring) == 1 { guardWord.spin(until: { $0 == 0 }, ordering: .relaxed) }
    begun.store(begun.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    ended.store(begun.load(ordering: .relaxed), ordering: .releasing)
    guardWord.store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
