// Misconception: waiting for the idle index and then switching is safe whatever other updaters do, and the switch is
// an atomic addition, so two updaters need not exclude each other.
// Breaks: late-sections in two-updaters
// Killed by: two-updaters
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let index = Atomic(0)
  private let readers = [Atomic(0), Atomic(0)]
  private var depth = 0
  private var slot = 0
  private var callbacks: [() -> Void] = []

  init(cpus: Int) {}

  func readLock() {
    if depth == 0 {
      slot = index.load(ordering: .relaxed) % 2
      readers[slot].fetchAdd(1, ordering: .acquiringAndReleasing)
      fence(ordering: .sequentiallyConsistent)
    }
    depth += 1
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { readers[slot].fetchAdd(-1, ordering: .acquiringAndReleasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let old = index.load(ordering: .relaxed) % 2
    readers[1 - old].spin(until: { $0 == 0 }, ordering: .acquiring)
    index.fetchAdd(1, ordering: .acquiringAndReleasing)
    fence(ordering: .sequentiallyConsistent)
    readers[old].spin(until: { $0 == 0 }, ordering: .acquiring)
  }

  func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  func barrier() {
    if callbacks.isEmpty { return }
    let due = callbacks
    callbacks = []
    synchronize()
    for callback in due { callback() }
  }
}
