// Misconception: the number of the write times four plus the number of the CPU is never the same twice, if each CPU
// counts its own writes (but an interrupt handler has a count of its own).
// Breaks: sent-back in handler
// Killed by: interrupted
import Interleave
import LabKernel

final class Seqlock: SequenceLock {
  private let stamp = Atomic(0)
  private let isWriting = Atomic(0)
  private var written = 0

  init() {}

  /// The stamp of the last write; -1 while one is under way.
  func readBegin() -> Int {
    stamp.spin(until: { $0 >= 0 }, ordering: .acquiring)
  }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiring)
    return stamp.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    lock()
    stamp.store(-1, ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    written += 1
    stamp.store(written * 4 + currentCPU, ordering: .releasing)
    isWriting.store(0, ordering: .releasing)
    irqRestore(flags)
  }

  private func lock() {
    repeat {
      isWriting.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while isWriting.exchange(1, ordering: .acquiring) != 0
  }
}
