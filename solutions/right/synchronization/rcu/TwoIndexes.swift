// Design: SRCU: two indexes that take turns; each CPU counts its sections of either, and the idle index is waited for
// first.
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let index = Atomic(0)
  private let isBusy = Atomic(0)
  private let counts: [[Atomic]]
  private var depth = 0
  private var taken = 0
  private var waiting: [() -> Void] = []

  init(cpus: Int) { counts = (0..<2).map { _ in (0..<cpus).map { _ in Atomic(0) } } }

  func readLock() {
    depth += 1
    if depth > 1 { return }
    taken = index.load(ordering: .relaxed)
    counts[taken][currentCPU].store(1, ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    if depth > 0 { return }
    counts[taken][currentCPU].store(0, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    while isBusy.exchange(1, ordering: .acquiring) != 0 { isBusy.spin(until: { $0 == 0 }, ordering: .relaxed) }
    let now = index.load(ordering: .relaxed)
    wait(for: 1 - now)
    index.store(1 - now, ordering: .relaxed)
    fence(ordering: .sequentiallyConsistent)
    wait(for: now)
    isBusy.store(0, ordering: .releasing)
  }

  private func wait(for index: Int) {
    for count in counts[index] { count.spin(until: { $0 == 0 }, ordering: .acquiring) }
    fence(ordering: .sequentiallyConsistent)
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
