// Misconception: the count of the waiters is decremented after the wait; it is overlooked that the second look returns
// before that.
// Breaks: try-answers in second-cpu
// Killed by: try-at-once
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let owner = Atomic(0)
  /// How many CPUs wait: tryLock() must not go before them.
  private let waiting = Atomic(0)

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    if owner.load(ordering: .acquiring) == mine { return }
    waiting.fetchAdd(1, ordering: .relaxed)
    if owner.load(ordering: .acquiring) == mine { return }
    owner.spin(until: { $0 == mine }, ordering: .acquiring)
    waiting.fetchAdd(-1, ordering: .relaxed)
  }

  func unlock() {
    owner.store(owner.load(ordering: .relaxed) + 1, ordering: .releasing)
  }

  func tryLock() -> Bool {
    if waiting.load(ordering: .relaxed) != 0 { return false }
    let serving = owner.load(ordering: .acquiring)
    return next.compareExchange(expected: serving, desired: serving + 1, ordering: .acquiring).exchanged
  }
}
