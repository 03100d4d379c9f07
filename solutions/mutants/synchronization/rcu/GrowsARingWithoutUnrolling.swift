// Misconception: A ring that is full is enlarged by adding room at its end, wherever in it the oldest callback is.
// Breaks: callbacks-in-order in second-time
// Killed by: call-inside, histories

import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  /// The callbacks, a ring: `count` of them from `first` on.
  private var ring: [() -> Void] = Array(repeating: {}, count: 8)
  private var first = 0
  private var count = 0

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    depth += 1
    if depth > 1 { return }
    let now = period.load(ordering: .acquiring)
    sections[currentCPU].store(now, ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { sections[currentCPU].store(0, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    fence(ordering: .sequentiallyConsistent)
    for section in sections {
      section.spin(until: { $0 == 0 || $0 > old }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) {
    if count == ring.count { ring += Array(repeating: {}, count: ring.count) }
    ring[(first + count) % ring.count] = callback
    count += 1
  }

  func barrier() {
    if count == 0 { return }
    synchronize()
    // What they ask for comes behind these, and waits for the next time.
    for _ in 0..<count {
      let callback = ring[first]
      ring[first] = {}
      first = (first + 1) % ring.count
      count -= 1
      callback()
    }
  }
}
