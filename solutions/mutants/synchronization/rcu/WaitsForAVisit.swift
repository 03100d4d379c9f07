// Misconception: a grace period is over when every other CPU has left a section.
// Killed by: at-once, call-inside, callbacks, calls, full-barriers, grace-period, histories, late-readers,
//   late-sections, many-readers, many-updates, nesting, nobody-there, old-values, sections-nest, store-buffers,
//   two-updaters
// Breaks: waits-for-sections-only in second-cpu
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []
  private let exits: [Atomic]

  init(cpus: Int) {
    sections = (0..<cpus).map { _ in Atomic(0) }
    exits = (0..<cpus).map { _ in Atomic(0) }
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
    exits[currentCPU].fetchAdd(1, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) {
    pointer.store(object, ordering: .releasing)
  }

  func dereference(_ pointer: Atomic) -> Int {
    pointer.load(ordering: .acquiring)
  }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    for (cpu, exit) in exits.enumerated() where cpu != currentCPU {
      let before = exit.load(ordering: .relaxed)
      let section = sections[cpu].load(ordering: .acquiring)
      if section != 0 || before == 0 { exit.spin(until: { $0 > before }, ordering: .acquiring) }
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
