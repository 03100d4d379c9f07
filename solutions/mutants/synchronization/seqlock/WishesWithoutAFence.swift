// Misconception: if a writer stores its wish and then looks at the wishes of others, it sees theirs, or they see its
// own.
// Killed by: barriers, one-writer, writers-exclude
// Breaks: one-writer in tso
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let sequence = Atomic(0)
  private let wishes: [Atomic]

  init() { wishes = (0..<4).map { _ in Atomic(0) } }

  func readBegin() -> Int { sequence.spin(until: { $0 % 2 == 0 }, ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return sequence.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    let me = currentCPU
    while true {
      wishes[me].store(1, ordering: .releasing)
      guard let lower = (0..<me).first(where: { wishes[$0].load(ordering: .acquiring) != 0 }) else { break }
      wishes[me].store(0, ordering: .releasing)
      wishes[lower].spin(until: { $0 == 0 }, ordering: .acquiring)
    }
    for other in 0..<4 where other > me { wishes[other].spin(until: { $0 == 0 }, ordering: .acquiring) }
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    sequence.store(sequence.load(ordering: .relaxed) + 1, ordering: .releasing)
    wishes[currentCPU].store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
