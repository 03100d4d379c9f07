// Misconception: one grace period that has ended since the call may have begun before it, but of two the second began
// when the first was over, so after two ends a callback may run.
// Breaks: callbacks-after-a-grace-period in two-updaters
// Killed by: two-updaters

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  /// How many grace periods are over.
  private let ends = Atomic(0)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []
  /// How many were over when the latest callback was asked for.
  private var endsAtCall = 0

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
    ends.fetchAdd(1, ordering: .acquiringAndReleasing)
  }

  func call(_ callback: @escaping () -> Void) {
    fence(ordering: .sequentiallyConsistent)
    endsAtCall = ends.load(ordering: .acquiring)
    callbacks.append(callback)
  }

  func barrier() {
    let due = callbacks
    callbacks = []
    if due.isEmpty { return }
    if ends.load(ordering: .acquiring) < endsAtCall + 2 { synchronize() }
    for callback in due { callback() }
  }
}
