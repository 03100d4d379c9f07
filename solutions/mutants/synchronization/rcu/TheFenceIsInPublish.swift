// Misconception: the store that must be visible before synchronize looks at the CPUs is the publication, so the full
// fence belongs after the store in publish, and synchronize does not need one of its own.
// Breaks: sees-the-update in ra
// Killed by: old-values

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    sections[currentCPU].store(period.load(ordering: .relaxed), ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { sections[currentCPU].store(0, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) {
    pointer.store(object, ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    for section in sections { section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring) }
  }

  func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  func barrier() {
    let due = callbacks
    callbacks = []
    guard !due.isEmpty else { return }
    synchronize()
    for callback in due { callback() }
  }
}
