// Misconception: a writer that sees no other behind it in the queue is the last.
// Killed by: barriers, interrupted, one-writer, writers-and-reader, writers-exclude
// Breaks: every-wait-ends in contended
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let tail = Atomic(-1)
  private let next: [Atomic]
  private let mustWait: [Atomic]

  init() {
    next = (0..<4).map { _ in Atomic(-1) }
    mustWait = (0..<4).map { _ in Atomic(0) }
  }

  func readBegin() -> Int { sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    let me = currentCPU
    next[me].store(-1, ordering: .relaxed)
    mustWait[me].store(1, ordering: .relaxed)
    let before = tail.exchange(me, ordering: .acquiringAndReleasing)
    if before >= 0 {
      next[before].store(me, ordering: .releasing)
      mustWait[me].spin(until: { $0 == 0 }, ordering: .acquiring)
    }
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    let heir = next[currentCPU].load(ordering: .acquiring)
    if heir >= 0 {
      mustWait[heir].store(0, ordering: .releasing)
    } else {
      tail.compareExchange(expected: currentCPU, desired: -1, ordering: .releasing)
    }
    irqRestore(flags)
  }
}
