// Misconception: the number of callbacks at the front of the list that have had their grace period, thanks to a
// synchronize of this CPU, is a number that only synchronize has to maintain; it is forgotten that barrier empties the
// list.
// Breaks: callbacks-after-a-grace-period in second-time
// Killed by: histories

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []
  private var had = 0  // that many callbacks, the oldest, have had a grace period

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
    gracePeriod()
    had = callbacks.count
  }

  func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  func barrier() {
    if had < callbacks.count { gracePeriod() }
    let due = callbacks
    callbacks = []
    for callback in due { callback() }
  }

  private func gracePeriod() {
    fence(ordering: .sequentiallyConsistent)
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    for section in sections { section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring) }
  }
}
