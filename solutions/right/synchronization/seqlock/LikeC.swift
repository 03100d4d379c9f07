// Design: as a C programmer would write it: a class, bits, loops around cpuRelax, the flags kept in the lock, under
// it.
import Interleave
import LabKernel

final class Seqlock: SequenceLock {
  private let seq = Atomic(0)
  private let lock = Atomic(0)
  private let saved = Atomic(0)

  init() {}

  func readBegin() -> Int {
    var s = seq.load(ordering: .acquiring)
    while s & 1 != 0 {
      cpuRelax()
      s = seq.load(ordering: .acquiring)
    }
    return s
  }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return (seq.load(ordering: .relaxed) ^ start) != 0
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    while true {
      if lock.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged { break }
      while lock.load(ordering: .relaxed) != 0 { cpuRelax() }
    }
    saved.store(flags, ordering: .relaxed)
    seq.fetchAdd(1, ordering: .relaxed)
    fence(ordering: .releasing)
    return 0
  }

  func writeEnd(_ flags: Int) {
    let flags = saved.load(ordering: .relaxed)
    seq.fetchAdd(1, ordering: .releasing)
    lock.store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
