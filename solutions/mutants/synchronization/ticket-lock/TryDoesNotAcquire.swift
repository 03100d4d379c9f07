// Misconception: tryLock() does not wait for any CPU, so there is no CPU to synchronize with.
// Breaks: try-acquires in ra
// Plainly.
// Killed by: try-hand-over, try-updates
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
    let now = serving.load(ordering: .relaxed)
    return next.compareExchange(expected: now, desired: now + 1, ordering: .acquiring).exchanged
  }
}
