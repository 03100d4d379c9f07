// Misconception: A tryLock() that finds the lock held and no waiter can take the opportunity to start again with small
// numbers, because the only CPU that has a number holds the lock and no longer looks at its number; it is overlooked
// that it may have drawn its number and not looked yet.
// Breaks: try-leaves-nothing in many
// Killed by: try-at-once
import Interleave
import LabKernel

/// One word: in the lower four bits how many have the lock or wait, above them the number that is served.
struct TicketLock: SpinLock {
  private let word = Atomic(0)

  init() {}

  func lock() {
    let seen = word.fetchAdd(1, ordering: .acquiringAndReleasing)
    let mine = (seen >> 4) + (seen & 15)
    word.spin(until: { $0 >> 4 == mine }, ordering: .acquiring)
  }

  /// One less in line, and the next number.
  func unlock() {
    word.fetchAdd(16 - 1, ordering: .acquiringAndReleasing)
  }

  func tryLock() -> Bool {
    let seen = word.load(ordering: .relaxed)
    if seen & 15 == 0 {
      return word.compareExchange(expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing).exchanged
    }
    // Nobody waits: keep the numbers small, so that they never come to their end.
    if seen & 15 == 1 && seen >> 4 >= 8 {
      word.compareExchange(expected: seen, desired: 1, ordering: .relaxed)
    }
    return false
  }
}
