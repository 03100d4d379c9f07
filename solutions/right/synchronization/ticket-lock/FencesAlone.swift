// Design: a class; every operation is relaxed, with fences around it; the numbers count down.
import Interleave
import LabKernel

final class TicketLock: SpinLock {
  private let last = Atomic(0)
  private let now = Atomic(-1)

  required init() {}

  func lock() {
    let mine = last.fetchAdd(-1, ordering: .relaxed) - 1
    now.spin(until: { $0 <= mine }, ordering: .relaxed)
    fence(ordering: .acquiring)
  }

  func unlock() {
    fence(ordering: .releasing)
    let mine = now.load(ordering: .relaxed)
    now.store(mine - 1, ordering: .relaxed)
  }

  func tryLock() -> Bool {
    let mine = now.load(ordering: .relaxed)
    guard last.compareExchange(expected: mine + 1, desired: mine, ordering: .relaxed).exchanged else { return false }
    fence(ordering: .acquiring)
    return true
  }
}
