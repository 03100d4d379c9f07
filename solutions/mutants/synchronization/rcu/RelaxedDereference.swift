// Misconception: a value that was stored with release can be loaded with any ordering.
// Killed by: at-once, call-inside, callbacks, full-barriers, grace-period, histories, many-readers, many-updates,
//   nesting, old-values, publication, sections-nest, store-buffers, two-updaters
// Breaks: publication in second-cpu
// Plainly.
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []

  init(cpus: Int) {
    sections = (0..<cpus).map { _ in Atomic(0) }
  }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    sections[currentCPU].store(period.load(ordering: .relaxed), ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    guard depth == 0 else { return }
    sections[currentCPU].store(0, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) {
    pointer.store(object, ordering: .releasing)
  }

  func dereference(_ pointer: Atomic) -> Int {
    pointer.load(ordering: .relaxed)
  }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let old = period.fetchAdd(1, ordering: .relaxed)
    for section in sections {
      section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) {
    callbacks.append(callback)
  }

  func barrier() {
    let due = callbacks
    callbacks = []
    if !due.isEmpty { synchronize() }
    for callback in due { callback() }
  }
}
