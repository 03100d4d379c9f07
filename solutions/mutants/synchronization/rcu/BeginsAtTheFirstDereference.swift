// Misconception: A section in which no pointer has been dereferenced yet holds nothing that could be freed, so it is
// enough to announce it at its first dereference.
// Breaks: nesting in second-cpu
// Killed by: many-readers, nesting, old-values, store-buffers, two-updaters

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var isAnnounced = false
  private var callbacks: [() -> Void] = []

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() { depth += 1 }

  func readUnlock() {
    depth -= 1
    if depth == 0 && isAnnounced {
      isAnnounced = false
      sections[currentCPU].store(0, ordering: .releasing)
    }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int {
    if depth > 0 && !isAnnounced {
      isAnnounced = true
      let now = period.load(ordering: .acquiring)
      sections[currentCPU].store(now, ordering: .releasing)
      fence(ordering: .sequentiallyConsistent)
    }
    return pointer.load(ordering: .acquiring)
  }

  func synchronize() {
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    fence(ordering: .sequentiallyConsistent)
    for section in sections {
      section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  func barrier() {
    let due = callbacks
    callbacks = []
    if due.isEmpty { return }
    synchronize()
    for callback in due { callback() }
  }
}
