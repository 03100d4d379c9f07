// Misconception: A place is put out by the CPU that has waited there; tryLock() has not waited, so it has nothing to
// put out.
// Breaks: exclusion in many
// Killed by: interrupts, three-cpus, try-in-line
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private static let places = 8
  private let next = Atomic(0)
  /// Places to wait at, used in turn; the one that is lit is served.
  private let lit = [Atomic(1), Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0)]
  /// The number of the CPU that has the lock.
  private let mine = Atomic(0)

  init() {}

  func lock() {
    let number = next.fetchAdd(1, ordering: .acquiringAndReleasing)
    let place = lit[number % Self.places]
    place.spin(until: { $0 == 1 }, ordering: .acquiring)
    place.store(0, ordering: .relaxed)
    mine.store(number, ordering: .relaxed)
  }

  func unlock() {
    let number = mine.load(ordering: .relaxed)
    lit[(number + 1) % Self.places].store(1, ordering: .releasing)
  }

  func tryLock() -> Bool {
    let number = next.load(ordering: .acquiring)
    if lit[number % Self.places].load(ordering: .acquiring) == 0 { return false }
    guard next.compareExchange(expected: number, desired: number + 1, ordering: .acquiringAndReleasing).exchanged
    else { return false }
    mine.store(number, ordering: .relaxed)
    return true
  }
}
