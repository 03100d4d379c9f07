// Misconception: callbacks are kept in four lists by the period in which they are requested, and the lists in the
// order of their indexes are in the order of time.
// Breaks: callbacks-in-order in many-times
// Killed by: call-inside, histories

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  /// What was asked for, by the last two bits of the period.
  private var buckets: [[() -> Void]] = [[], [], [], []]

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    depth += 1
    if depth > 1 { return }
    let now = period.load(ordering: .acquiring)
    sections[currentCPU].store(now, ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { sections[currentCPU].store(0, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    fence(ordering: .sequentiallyConsistent)
    for section in sections {
      section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) {
    buckets[period.load(ordering: .relaxed) & 3].append(callback)
  }

  func barrier() {
    let due = buckets
    buckets = [[], [], [], []]
    if due.allSatisfy({ $0.isEmpty }) { return }
    synchronize()
    for bucket in due {
      for callback in bucket { callback() }
    }
  }
}
