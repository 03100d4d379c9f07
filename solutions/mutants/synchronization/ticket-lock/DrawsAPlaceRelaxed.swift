// Misconception: drawing only gets a number, so it is relaxed, as in the ticket lock; but a place that is used again
// may then still look lit from the round before.
// Breaks: acquire-release in ra
// Killed by: hand-over
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private static let places = 5
  private let next = Atomic(0)
  /// One more place to wait at than there are CPUs; the one that is lit is served.
  private let lit = [Atomic(1), Atomic(0), Atomic(0), Atomic(0), Atomic(0)]
  /// The number of the CPU that has the lock.
  private let mine = Atomic(0)

  init() {}

  func lock() {
    let number = next.fetchAdd(1, ordering: .relaxed)
    lit[number % Self.places].spin(until: { $0 == 1 }, ordering: .acquiring)
    enter(number)
  }

  func unlock() {
    let number = mine.load(ordering: .relaxed)
    lit[(number + 1) % Self.places].store(1, ordering: .releasing)
  }

  func tryLock() -> Bool {
    let number = next.load(ordering: .relaxed)
    if lit[number % Self.places].load(ordering: .acquiring) == 0 { return false }
    guard next.compareExchange(expected: number, desired: number + 1, ordering: .relaxed).exchanged else {
      return false
    }
    enter(number)
    return true
  }

  private func enter(_ number: Int) {
    lit[number % Self.places].store(0, ordering: .relaxed)
    mine.store(number, ordering: .relaxed)
  }
}
