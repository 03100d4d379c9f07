// Misconception: one word holds two numbers, and each of them wraps around on its own.
// Breaks: free in many
// Killed by: first-come-first-served, free-lock, try-at-once, try-in-line
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  /// The number that is being served in the lower four bits, the next one to be drawn above.
  private let word = Atomic(0)

  init() {}

  func lock() {
    let mine = (word.fetchAdd(16, ordering: .relaxed) >> 4) % 16
    word.spin(until: { $0 % 16 == mine }, ordering: .acquiring)
  }

  func unlock() { word.fetchAdd(1, ordering: .releasing) }

  func tryLock() -> Bool {
    let seen = word.load(ordering: .relaxed)
    if (seen >> 4) % 16 != seen % 16 { return false }
    return word.compareExchange(expected: seen, desired: seen + 16, ordering: .acquiring).exchanged
  }
}
