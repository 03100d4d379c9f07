// Misconception: there is a section or there is none: one word says so for all CPUs.
// Killed by: call-inside, histories, many-readers, old-values, store-buffers, two-updaters
// Breaks: grace-period in second-reader
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let section = Atomic(0)
  private var depth = 0
  private var callbacks: [() -> Void] = []

  init(cpus: Int) {
  }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    section.store(period.load(ordering: .relaxed), ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    guard depth == 0 else { return }
    section.store(0, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) {
    pointer.store(object, ordering: .releasing)
  }

  func dereference(_ pointer: Atomic) -> Int {
    pointer.load(ordering: .acquiring)
  }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let old = period.fetchAdd(1, ordering: .relaxed)
    section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring)
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
