// Misconception: the number that this CPU has looked at last is the number that it has drawn.
// Breaks: try-leaves-nothing in alone
// Killed by: interrupts, try-in-line
import Interleave
import LabKernel

final class TicketLock: SpinLock {
  private let next = Atomic(0)
  private let serving = Atomic(0)
  /// The number of this CPU.
  private var mine = 0

  init() {}

  func lock() {
    let number = next.fetchAdd(1, ordering: .relaxed)
    mine = number
    serving.spin(until: { $0 == number }, ordering: .acquiring)
  }

  func unlock() { serving.store(mine + 1, ordering: .releasing) }

  func tryLock() -> Bool {
    mine = next.load(ordering: .relaxed)
    if serving.load(ordering: .acquiring) != mine { return false }
    return next.compareExchange(expected: mine, desired: mine + 1, ordering: .relaxed).exchanged
  }
}
