// Misconception: only updaters write the period, and there are few of them, so the addition need not be atomic.
// Killed by: two-updaters
// Breaks: at-once in second-time
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let number = Atomic(1)
  private let inside: [Atomic]
  private var depth = 0
  private var kept: [() -> Void] = []

  init(cpus: Int) { inside = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    inside[currentCPU].store(number.load(ordering: .relaxed), ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    guard depth == 0 else { return }
    inside[currentCPU].store(0, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let old = number.load(ordering: .relaxed)
    number.store(old + 1, ordering: .relaxed)
    fence(ordering: .sequentiallyConsistent)
    for cpu in inside { cpu.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring) }
  }

  func call(_ callback: @escaping () -> Void) { kept.append(callback) }

  func barrier() {
    let due = kept
    kept = []
    if due.isEmpty { return }
    synchronize()
    for callback in due { callback() }
  }
}
