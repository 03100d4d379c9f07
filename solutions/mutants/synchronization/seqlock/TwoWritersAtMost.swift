// Misconception: a writer has one rival: two flags and a turn keep them apart.
// Killed by: barriers, interrupted, writers-and-reader, writers-exclude
// Breaks: one-writer in third-cpu
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let wishes = [Atomic(0), Atomic(0)]
  private let turn = Atomic(0)

  init() {}

  func readBegin() -> Int { sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    let (mine, other) = (currentCPU % 2, 1 - currentCPU % 2)
    wishes[mine].store(1, ordering: .sequentiallyConsistent)
    turn.store(other, ordering: .sequentiallyConsistent)
    fence(ordering: .sequentiallyConsistent)
    while wishes[other].load(ordering: .acquiring) == 1, turn.load(ordering: .acquiring) == other { cpuRelax() }
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    wishes[currentCPU % 2].store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
