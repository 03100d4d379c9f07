// Misconception: a CPU that waits long enough has seen everything: only the unlocking side needs an ordering.
// Breaks: acquire-release in ra
// Plainly.
// Killed by: hand-over, lost-updates, try-hand-over, try-updates
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let serving = Atomic(0)

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .acquiringAndReleasing)
    serving.spin(until: { $0 == mine }, ordering: .relaxed)
  }

  func unlock() { serving.store(serving.load(ordering: .relaxed) + 1, ordering: .releasing) }

  func tryLock() -> Bool {
    let now = serving.load(ordering: .acquiring)
    return next.compareExchange(expected: now, desired: now + 1, ordering: .acquiring).exchanged
  }
}
