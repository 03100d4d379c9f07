// Misconception: every CPU that was in a section must be seen outside once, and that happens soon.
// Killed by: late-readers, two-updaters
// Breaks: late-sections in second-time
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let inside: [Atomic]
  private var depth = 0
  private var kept: [() -> Void] = []

  init(cpus: Int) { inside = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    inside[currentCPU].store(1, ordering: .releasing)
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
    let waitedFor = inside.filter { $0.load(ordering: .acquiring) != 0 }
    for cpu in waitedFor { cpu.spin(until: { $0 == 0 }, ordering: .acquiring) }
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
