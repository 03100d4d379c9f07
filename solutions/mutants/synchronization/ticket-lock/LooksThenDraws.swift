// Misconception: if the lock is free when tryLock() looks, the number that it draws is served immediately.
// Breaks: try-never-waits in second-cpu
// Killed by: interrupts, never-waits, try-at-once, try-in-line
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
    if next.load(ordering: .relaxed) != serving.load(ordering: .relaxed) { return false }
    lock()
    return true
  }
}
