// Design: both numbers in one word, as Linux had them: the upper half is the next to be drawn, the lower half is being
// served.
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let word = Atomic(0)
  private let one = 1 << 16

  init() {}

  func lock() {
    let mine = word.fetchAdd(one, ordering: .relaxed) / one
    word.spin(until: { $0 % one == mine }, ordering: .acquiring)
  }

  func unlock() { word.fetchAdd(1, ordering: .releasing) }

  func tryLock() -> Bool {
    let seen = word.load(ordering: .relaxed)
    guard seen / one == seen % one else { return false }
    return word.compareExchange(expected: seen, desired: seen + one, ordering: .acquiring).exchanged
  }
}
