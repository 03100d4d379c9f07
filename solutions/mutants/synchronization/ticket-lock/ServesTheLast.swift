// Misconception: the number drawn last is the newest, so that is the number to serve.
// Breaks: every-lock-returns in third-cpu
// Killed by: first-come-first-served, hand-over, three-cpus, try-at-once, try-in-line
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
    let drawn = next.load(ordering: .relaxed)
    let now = serving.load(ordering: .relaxed)
    serving.store(drawn > now + 1 ? drawn - 1 : drawn, ordering: .releasing)
  }

  func tryLock() -> Bool {
    let now = serving.load(ordering: .acquiring)
    return next.compareExchange(expected: now, desired: now + 1, ordering: .acquiring).exchanged
  }
}
