// Misconception: noting the period and raising it must exclude each other, so that no reader notes a period that is
// over; a lock that is held for only two lines does not count as waiting.
// Breaks: readers-never-wait in second-cpu
// Killed by: at-once, late-readers, nesting
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []
  private let gate = Atomic(0)

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    enter()
    sections[currentCPU].store(period.load(ordering: .relaxed), ordering: .releasing)
    leave()
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
    enter()
    let old = period.load(ordering: .relaxed)
    period.store(old + 1, ordering: .relaxed)
    leave()
    fence(ordering: .sequentiallyConsistent)
    for section in sections {
      section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  func barrier() {
    let due = callbacks
    callbacks = []
    guard !due.isEmpty else { return }
    synchronize()
    for callback in due { callback() }
  }

  private func enter() {
    while gate.exchange(1, ordering: .acquiring) == 1 {
      gate.spin(until: { $0 == 0 }, ordering: .relaxed)
    }
  }

  private func leave() { gate.store(0, ordering: .releasing) }
}
