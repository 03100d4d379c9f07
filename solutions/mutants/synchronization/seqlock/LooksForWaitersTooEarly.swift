// Misconception: a writer that releases the lock and then checks whether another waits sees every writer that has
// checked before.
// Killed by: barriers, one-writer, writers-exclude
// Breaks: every-wait-ends in tso
// Breaks: every-wait-ends in ra
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let isWriting = Atomic(0)
  private let calls: [Atomic]

  init() { calls = (0..<4).map { _ in Atomic(0) } }

  func readBegin() -> Int { sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    while isWriting.exchange(1, ordering: .acquiring) != 0 {
      calls[currentCPU].store(1, ordering: .relaxed)
      fence(ordering: .sequentiallyConsistent)
      if isWriting.load(ordering: .relaxed) != 0 { calls[currentCPU].spin(until: { $0 == 0 }, ordering: .acquiring) }
    }
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    for call in calls where call.load(ordering: .relaxed) != 0 { call.store(0, ordering: .releasing) }
    irqRestore(flags)
  }
}
