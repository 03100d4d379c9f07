import Interleave
import LabKernel

/// Like SRCU: two counters for each CPU, and an index that says which of them new sections use.
final class SmallRCU: ReadCopyUpdate {
  private let index = Atomic(0)
  private let inside: [[Atomic]]
  private let updating = Atomic(0)
  private var entered: [Int] = []
  private var later: [() -> Void] = []

  init(cpus: Int) { inside = (0..<2).map { _ in (0..<cpus).map { _ in Atomic(0) } } }

  func readLock() {
    let side = entered.last ?? index.load(ordering: .relaxed)
    entered.append(side)
    guard entered.count == 1 else { return }
    // Stored with the strongest ordering there is, so that nothing behind it comes before it.
    inside[side][currentCPU].store(1, ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    let side = entered.removeLast()
    guard entered.isEmpty else { return }
    inside[side][currentCPU].store(0, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }
  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    while updating.exchange(1, ordering: .acquiring) == 1 { updating.spin(until: { $0 == 0 }, ordering: .relaxed) }
    fence(ordering: .sequentiallyConsistent)
    let old = index.load(ordering: .relaxed)
    waitUntilEmpty(1 - old)
    index.store(1 - old, ordering: .sequentiallyConsistent)
    fence(ordering: .sequentiallyConsistent)
    waitUntilEmpty(old)
    updating.store(0, ordering: .releasing)
  }

  private func waitUntilEmpty(_ side: Int) {
    for count in inside[side] { count.spin(until: { $0 == 0 }, ordering: .acquiring) }
  }

  func call(_ callback: @escaping () -> Void) { later.append(callback) }

  func barrier() {
    guard !later.isEmpty else { return }
    let due = later
    later = []
    synchronize()
    for callback in due { callback() }
  }
}
