// Misconception: lists of callbacks need a lock against a barrier on another CPU, which holds the lock until its grace
// period is over.
// Breaks: call-never-waits in second-cpu
// Killed by: call-inside, calls, histories, nesting
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []
  private let held = Atomic(0)

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

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

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    fence(ordering: .sequentiallyConsistent)
    for section in sections {
      section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) {
    lock()
    callbacks.append(callback)
    unlock()
  }

  func barrier() {
    lock()
    let due = callbacks
    callbacks = []
    if !due.isEmpty { synchronize() }
    unlock()
    for callback in due { callback() }
  }

  private func lock() {
    while held.exchange(1, ordering: .acquiring) == 1 {
      held.spin(until: { $0 == 0 }, ordering: .relaxed)
    }
  }

  private func unlock() { held.store(0, ordering: .releasing) }
}
