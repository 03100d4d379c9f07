// Misconception: if this CPU finds the same object as at its last dereference, it has acquired it already, and need
// not do so again.
// Breaks: publication in second-time
// Killed by: old-values

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []
  private var lastFound = -1

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

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int {
    let object = pointer.load(ordering: .relaxed)
    if object != lastFound {
      fence(ordering: .acquiring)
      lastFound = object
    }
    return object
  }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
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
