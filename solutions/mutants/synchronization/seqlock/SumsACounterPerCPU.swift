// Misconception: if each CPU counts its own writes, the sum of the counters is the number: odd while one of them is
// odd, and never again the same as before.
// Breaks: orderings in third-cpu
// Killed by: barriers
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let counts = [Atomic(0), Atomic(0), Atomic(0), Atomic(0)]
  private let isWriting = Atomic(0)

  init() {}

  func readBegin() -> Int {
    var number = sum(ordering: .acquiring)
    while number % 2 == 1 {
      cpuRelax()
      number = sum(ordering: .acquiring)
    }
    return number
  }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return sum(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    repeat {
      isWriting.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while isWriting.exchange(1, ordering: .acquiring) != 0
    let count = counts[currentCPU]
    count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    let count = counts[currentCPU]
    count.store(count.load(ordering: .relaxed) + 1, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
  }

  private func sum(ordering: LoadOrdering) -> Int {
    counts.reduce(0) { $0 + $1.load(ordering: ordering) }
  }
}
