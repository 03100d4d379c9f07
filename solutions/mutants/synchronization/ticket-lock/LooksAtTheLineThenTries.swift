// Misconception: tryLock() respects the queue if it finds no CPU on it before it tries the lock; the try itself is
// atomic, after all.
// Breaks: try-in-line in handler
// Killed by: try-in-line
import Interleave
import LabKernel

/// A test-and-set word for the lock, and a line of tickets for those who want to try for it.
struct TicketLock: SpinLock {
  private let taken = Atomic(0)
  /// The number that the next in line draws.
  private let next = Atomic(0)
  /// The number that is at the head of the line, and may try.
  private let head = Atomic(0)

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    head.spin(until: { $0 == mine }, ordering: .acquiring)
    repeat {
      taken.spin(until: { $0 == 0 }, ordering: .relaxed)
    } while taken.exchange(1, ordering: .acquiring) != 0
    // Out of line, and in.
    head.store(mine + 1, ordering: .releasing)
  }

  func unlock() {
    taken.store(0, ordering: .releasing)
  }

  func tryLock() -> Bool {
    // Nobody is passed by.
    if next.load(ordering: .acquiring) != head.load(ordering: .acquiring) { return false }
    return taken.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged
  }
}
