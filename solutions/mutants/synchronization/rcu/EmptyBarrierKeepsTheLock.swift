// Misconception: a slip: grace periods take turns under a lock, and the early return of a barrier that has nothing to
// do does not release it.
// Breaks: waits-for-sections-only in callback
// Killed by: histories, many-readers, nesting, old-values, store-buffers, two-updaters

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private let busy = Atomic(0)
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

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    lock()
    gracePeriod()
    unlock()
  }

  func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  func barrier() {
    lock()
    let due = callbacks
    callbacks = []
    if due.isEmpty { return }
    gracePeriod()
    unlock()
    for callback in due { callback() }
  }

  private func lock() {
    while busy.exchange(1, ordering: .acquiring) == 1 { busy.spin(until: { $0 == 0 }, ordering: .relaxed) }
  }

  private func unlock() { busy.store(0, ordering: .releasing) }

  private func gracePeriod() {
    fence(ordering: .sequentiallyConsistent)
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    for section in sections { section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring) }
  }
}
