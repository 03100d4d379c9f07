// Misconception: as long as no CPU waits, there is no need to serve another number.
// Breaks: free in alone
// Plainly.
// Killed by: first-come-first-served, free-lock, hand-over, in-a-handler, in-turn, interrupts, interrupts-kept,
//   lost-updates, mutual-exclusion, never-waits, three-cpus, try-at-once, try-hand-over, try-in-line, try-in-turn,
//   try-lock, try-updates
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let serving = Atomic(0)

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    serving.spin(until: { $0 == mine }, ordering: .acquiring)
  }

  func unlock() {
    let now = serving.load(ordering: .relaxed)
    if next.load(ordering: .relaxed) > now + 1 { serving.store(now + 1, ordering: .releasing) }
  }

  func tryLock() -> Bool {
    let now = serving.load(ordering: .acquiring)
    return next.compareExchange(expected: now, desired: now + 1, ordering: .acquiring).exchanged
  }
}
