// Misconception: tryLock() draws a number, and if that number is not served yet there is no harm done.
// Breaks: try-leaves-nothing in second-cpu
// Plainly.
// Killed by: first-come-first-served, interrupts, interrupts-kept, try-at-once, try-hand-over, try-in-line,
//   try-in-turn, try-lock
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

  func unlock() { serving.store(serving.load(ordering: .relaxed) + 1, ordering: .releasing) }

  func tryLock() -> Bool {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    return serving.load(ordering: .acquiring) == mine
  }
}
