// Design: an MCS queue for writers, with a node per CPU; SC fences wherever ordering is needed.
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

  func readBegin() -> Int {
    let start = sequence.spin(until: { $0 % 2 == 0 }, ordering: .relaxed)
    fence(ordering: .sequentiallyConsistent)
    return start
  }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .sequentiallyConsistent)
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
    fence(ordering: .sequentiallyConsistent)
    return flags
  }

  func writeEnd(_ flags: Int) {
    fence(ordering: .sequentiallyConsistent)
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    let me = currentCPU
    if next[me].load(ordering: .acquiring) < 0,
      tail.compareExchange(expected: me, desired: -1, ordering: .releasing).exchanged
    {
      irqRestore(flags)
      return
    }
    let heir = next[me].spin(until: { $0 >= 0 }, ordering: .acquiring)
    mustWait[heir].store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
