// Design: each CPU numbers its sections, odd while it is in one; an updater notes the numbers and waits for each to
// change.
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let numbers: [Atomic]
  private var depth = 0
  private var waiting: [() -> Void] = []

  init(cpus: Int) { numbers = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    if depth == 0 {
      numbers[currentCPU].fetchAdd(1, ordering: .acquiringAndReleasing)
      fence(ordering: .sequentiallyConsistent)
    }
    depth += 1
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { numbers[currentCPU].fetchAdd(1, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let seen = numbers.map { $0.load(ordering: .acquiring) }
    for (number, old) in zip(numbers, seen) where old % 2 == 1 {
      number.spin(until: { $0 != old }, ordering: .acquiring)
    }
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
