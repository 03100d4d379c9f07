// Misconception: two phases tell old readers from new ones: flip the phase, and wait for the readers of the other.
// Killed by: at-once, call-inside, histories, many-updates, nesting, old-values, store-buffers, two-updaters
// Breaks: grace-period in many-times
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
    sections[currentCPU].store(period.load(ordering: .relaxed) % 2 + 1, ordering: .releasing)
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
    pointer.load(ordering: .acquiring)
  }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let old = period.fetchAdd(1, ordering: .relaxed) % 2 + 1
    for section in sections {
      section.spin(until: { $0 != old }, ordering: .acquiring)
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
