// Misconception: a number only tells my turn from the other CPU's; a bit is enough for that.
// Breaks: exclusion in third-cpu
// Killed by: first-come-first-served, hand-over, three-cpus, try-at-once, try-hand-over, try-in-line
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let serving = Atomic(0)

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .relaxed) & 1
    serving.spin(until: { $0 & 1 == mine }, ordering: .acquiring)
  }

  func unlock() { serving.store(serving.load(ordering: .relaxed) + 1, ordering: .releasing) }

  func tryLock() -> Bool {
    let now = serving.load(ordering: .acquiring)
    return next.compareExchange(expected: now, desired: now + 1, ordering: .acquiring).exchanged
  }
}
