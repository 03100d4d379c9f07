// Misconception: a CPU that has drawn a number and does not want to wait serves it, so that the others are not held
// up.
// Breaks: try-leaves-nothing in second-cpu
// Killed by: first-come-first-served, in-a-handler, interrupts, never-waits, try-at-once, try-hand-over, try-in-line,
//   try-in-turn, try-updates
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let serving = Atomic(0)

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    serving.spin(until: { $0 == mine }, ordering: .acquiring)
  }

  func unlock() { serving.store(serving.load(ordering: .relaxed) + 1, ordering: .releasing) }

  func tryLock() -> Bool {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    if serving.load(ordering: .acquiring) == mine { return true }
    serving.fetchAdd(1, ordering: .acquiringAndReleasing)
    return false
  }
}
