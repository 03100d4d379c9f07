// Misconception: A tryLock() that has drawn a number and fails marks it as abandoned, and unlock() skips it; eight
// places for the marks are more than there are CPUs.
// Breaks: try-leaves-nothing in many
// Killed by: try-in-line
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let owner = Atomic(0)
  /// For number t, at t % 8: 2t + 1 once it has been served, 2t + 2 once it has been abandoned, by whoever came first.
  private let places = [Atomic(1), Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0), Atomic(0)]

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    owner.spin(until: { $0 == mine }, ordering: .acquiring)
  }

  func unlock() {
    var number = owner.load(ordering: .relaxed) + 1
    while true {
      owner.store(number, ordering: .releasing)
      let before = places[number % 8].exchange(2 * number + 1, ordering: .acquiringAndReleasing)
      if before != 2 * number + 2 { return }
      number += 1
    }
  }

  func tryLock() -> Bool {
    let mine = next.fetchAdd(1, ordering: .acquiringAndReleasing)
    if owner.load(ordering: .acquiring) == mine { return true }
    // Not at once. Unless it has been served meanwhile, unlock() is to skip it.
    return places[mine % 8].exchange(2 * mine + 2, ordering: .acquiringAndReleasing) == 2 * mine + 1
  }
}
