// Design: updaters take turns under a lock; an updater that finds that a whole grace period has passed since it came
// uses that one.
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let begun = Atomic(0)
  private let lock = Atomic(0)
  private let entered: [Atomic]
  private var depth = 0
  private var waiting: [() -> Void] = []

  init(cpus: Int) { entered = (0..<cpus).map { _ in Atomic(-1) } }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    entered[currentCPU].store(begun.load(ordering: .relaxed), ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    guard depth == 0 else { return }
    fence(ordering: .releasing)
    entered[currentCPU].store(-1, ordering: .relaxed)
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let atFirst = begun.load(ordering: .relaxed)
    while lock.exchange(1, ordering: .acquiring) != 0 { lock.spin(until: { $0 == 0 }, ordering: .relaxed) }
    defer { lock.store(0, ordering: .releasing) }
    let now = begun.load(ordering: .relaxed)
    // Two have begun since, so the second began after this CPU had come, and it is over.
    if now > atFirst + 1 { return }
    begun.store(now + 1, ordering: .relaxed)
    fence(ordering: .sequentiallyConsistent)
    for word in entered {
      word.spin(until: { $0 < 0 || $0 > now }, ordering: .relaxed)
    }
    fence(ordering: .acquiring)
  }

  func call(_ callback: @escaping () -> Void) { waiting.append(callback) }

  func barrier() {
    guard !waiting.isEmpty else { return }
    synchronize()
    let due = waiting
    waiting = []
    for callback in due { callback() }
  }
}
