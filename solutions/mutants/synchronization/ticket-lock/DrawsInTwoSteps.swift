// Misconception: to draw a number is to read the counter and to write it back one higher.
// Breaks: exclusion in second-cpu
// Plainly.
// Killed by: first-come-first-served, hand-over, in-a-handler, in-turn, interrupts, lost-updates, mutual-exclusion,
//   never-waits, three-cpus, try-at-once, try-hand-over, try-in-line, try-in-turn, try-updates
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let serving = Atomic(0)

  init() {}

  func lock() {
    let mine = next.load(ordering: .acquiring)
    next.store(mine + 1, ordering: .releasing)
    serving.spin(until: { $0 == mine }, ordering: .acquiring)
  }

  func unlock() { serving.store(serving.load(ordering: .relaxed) + 1, ordering: .releasing) }

  func tryLock() -> Bool {
    let now = serving.load(ordering: .acquiring)
    return next.compareExchange(expected: now, desired: now + 1, ordering: .acquiring).exchanged
  }
}
