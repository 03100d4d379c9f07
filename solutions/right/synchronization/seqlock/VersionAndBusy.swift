// Design: The number counts writes begun and has no parity; a reader reads the version first and then waits until the
// lock word, which names the writing CPU, is free.
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  /// How many writes have begun.
  private let version = Atomic(0)
  /// The CPU that writes, plus 1; 0 if none.
  private let writer = Atomic(0)

  init() {}

  func readBegin() -> Int {
    // Whoever sees version n sees that its writer had come (release), and so waits until it has gone.
    let number = version.load(ordering: .acquiring)
    writer.spin(until: { $0 == 0 }, ordering: .acquiring)
    return number
  }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return version.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    while !writer.compareExchange(expected: 0, desired: currentCPU + 1, ordering: .acquiring).exchanged {
      writer.spin(until: { $0 == 0 }, ordering: .relaxed)
    }
    version.store(version.load(ordering: .relaxed) + 1, ordering: .releasing)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    writer.store(0, ordering: .releasing)
    irqRestore(flags)
  }
}
