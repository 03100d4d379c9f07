// Misconception: if the number of batches is fixed when barrier begins, the callbacks requested meanwhile are left for
// the next barrier; it is overlooked that the last batch has room for them.
// Breaks: callbacks-may-call in many-times
// Killed by: call-inside, histories

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

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    for section in sections { section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring) }
  }

  func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  func barrier() {
    let batch = 8  // as rcutree.blimit: no long stretch of callbacks without a look at the rest
    let batches = (callbacks.count + batch - 1) / batch
    for _ in 0..<batches {
      let size = min(batch, callbacks.count)
      let due = Array(callbacks.prefix(size))
      callbacks.removeFirst(size)
      synchronize()
      for callback in due { callback() }
    }
  }
}
