// Misconception: once the lock looks free, it can be acquired.
// Breaks: exclusion in second-cpu
// Plainly.
// Killed by: first-come-first-served, hand-over, in-turn, interrupts, lost-updates, mutual-exclusion, never-waits,
//   three-cpus, try-at-once, try-hand-over, try-in-line, try-in-turn, try-updates
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let taken = Atomic(0)

  init() {}

  func lock() {
    taken.spin(until: { $0 == 0 }, ordering: .acquiring)
    taken.store(1, ordering: .relaxed)
  }

  func unlock() { taken.store(0, ordering: .releasing) }

  func tryLock() -> Bool {
    if taken.load(ordering: .acquiring) != 0 { return false }
    taken.store(1, ordering: .relaxed)
    return true
  }
}
