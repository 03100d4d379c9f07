// Misconception: with four CPUs there are at most four numbers in use at a time, so two bits tell them apart, and
// equal numbers mean that the lock is free.
// Breaks: try-in-line in third-cpu
// Killed by: try-in-line
import Interleave
import LabKernel

// Bits 0 and 1: the number that is being served. From bit 2 on: the number that the next draws.
struct TicketLock: SpinLock {
  private let word = Atomic(0)

  init() {}

  func lock() {
    let mine = (word.fetchAdd(4, ordering: .acquiringAndReleasing) >> 2) & 3
    word.spin(until: { $0 & 3 == mine }, ordering: .acquiring)
  }

  func unlock() {
    // 3 is followed by 0, with no carry into the other number.
    let served = word.load(ordering: .relaxed) & 3
    word.fetchAdd(served == 3 ? -3 : 1, ordering: .acquiringAndReleasing)
  }

  func tryLock() -> Bool {
    let seen = word.load(ordering: .relaxed)
    guard (seen >> 2) & 3 == seen & 3 else { return false }
    return word.compareExchange(expected: seen, desired: seen + 4, ordering: .acquiringAndReleasing).exchanged
  }
}
