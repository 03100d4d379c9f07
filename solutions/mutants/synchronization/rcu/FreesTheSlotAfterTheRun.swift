// Misconception: A ring with room for all waiting callbacks is never full; it is overlooked that the callback that is
// running no longer waits, so one more may be requested while its slot has not been freed yet.
// Breaks: callbacks-may-call in many-times
// Killed by: call-inside
import Interleave
import LabKernel

/// A free-running period, a word for each CPU, and a ring of callbacks with two counters that only grow.
final class SmallRCU: ReadCopyUpdate {
  /// At most this many wait at a time.
  private static let capacity = 70

  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var ring: [(() -> Void)?] = Array(repeating: nil, count: capacity)
  private var head = 0
  private var tail = 0

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    if depth == 0 {
      sections[currentCPU].store(period.load(ordering: .relaxed), ordering: .releasing)
      fence(ordering: .sequentiallyConsistent)
    }
    depth += 1
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { sections[currentCPU].store(0, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let new = period.fetchAdd(1, ordering: .acquiringAndReleasing) + 1
    fence(ordering: .sequentiallyConsistent)
    for section in sections { section.spin(until: { $0 == 0 || $0 >= new }, ordering: .acquiring) }
  }

  func call(_ callback: @escaping () -> Void) {
    ring[tail % Self.capacity] = callback
    tail += 1
  }

  func barrier() {
    let end = tail
    guard head != end else { return }
    synchronize()
    while head != end {
      let slot = head % Self.capacity
      let callback = ring[slot]
      callback?()
      ring[slot] = nil
      head += 1
    }
  }
}
