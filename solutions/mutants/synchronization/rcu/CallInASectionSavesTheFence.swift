// Misconception: the grace period of a callback may begin in call, by noting which CPUs are in a section; inside a
// section this does not need a fence, because readLock has one.
// Breaks: callbacks-after-a-grace-period in tso
// Killed by: old-values, store-buffers

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let begun: [Atomic]
  private let ended: [Atomic]
  private var count = 0
  private var depth = 0
  private var callbacks: [(goals: [Int], run: () -> Void)] = []

  init(cpus: Int) {
    begun = (0..<cpus).map { _ in Atomic(0) }
    ended = (0..<cpus).map { _ in Atomic(0) }
  }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    count += 1
    begun[currentCPU].store(count, ordering: .relaxed)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { ended[currentCPU].store(count, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    wait(for: look())
  }

  func call(_ callback: @escaping () -> Void) {
    if depth == 0 { fence(ordering: .sequentiallyConsistent) }
    callbacks.append((look(), callback))
  }

  func barrier() {
    let due = callbacks
    callbacks = []
    for callback in due {
      wait(for: callback.goals)
      callback.run()
    }
  }

  private func look() -> [Int] { begun.map { $0.load(ordering: .relaxed) } }

  private func wait(for goals: [Int]) {
    for (word, goal) in zip(ended, goals) { word.spin(until: { $0 >= goal }, ordering: .acquiring) }
  }
}
