// Misconception: counters that are only added to may be shared, so four slots, found by a mask, will do for any number
// of CPUs.
// Breaks: grace-period in cpu-number
// Killed by: histories, many-readers

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let begun: [Atomic]
  private let ended: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []

  init(cpus: Int) {
    begun = (0..<4).map { _ in Atomic(0) }
    ended = (0..<4).map { _ in Atomic(0) }
  }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    begun[currentCPU & 3].fetchAdd(1, ordering: .relaxed)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { ended[currentCPU & 3].fetchAdd(1, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let goals = begun.map { $0.load(ordering: .relaxed) }
    for slot in goals.indices {
      let goal = goals[slot]
      ended[slot].spin(until: { $0 >= goal }, ordering: .acquiring)
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
}
