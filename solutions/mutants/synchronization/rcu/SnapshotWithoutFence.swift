// Misconception: call only reads the number of the period, and the updater that raises it has a full fence, so call
// does not need one between the publication and that load.
// Breaks: callbacks-after-a-grace-period in tso
// Killed by: old-values, store-buffers

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  /// The highest number of a period that is over: all sections of it and of those before have ended.
  private let over = Atomic(0)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []
  /// The number of the period in which the latest callback was asked for.
  private var asked = 0

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
    // Others may have gone further meanwhile; it must not go back.
    var seen = over.load(ordering: .relaxed)
    while seen < old {
      let (exchanged, original) = over.compareExchange(
        expected: seen, desired: old, ordering: .acquiringAndReleasing)
      if exchanged { break }
      seen = original
    }
  }

  func call(_ callback: @escaping () -> Void) {
    asked = period.load(ordering: .acquiring)
    callbacks.append(callback)
  }

  func barrier() {
    let due = callbacks
    callbacks = []
    if due.isEmpty { return }
    // Has somebody else's grace period done it, one that began after all these had been asked for?
    if over.load(ordering: .acquiring) < asked { synchronize() }
    for callback in due { callback() }
  }
}
