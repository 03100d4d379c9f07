// Misconception: a CPU does one thing at a time, so one place per CPU is enough for its number.
// Breaks: every-lock-returns in with-try
// Killed by: first-come-first-served, interrupts, three-cpus, try-in-line
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let serving = Atomic(0)
  /// The number that each CPU has drawn.
  private let drawn = [Atomic(0), Atomic(0), Atomic(0)]

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    drawn[currentCPU].store(mine, ordering: .relaxed)
    serving.spin(until: { $0 == mine }, ordering: .acquiring)
  }

  func unlock() {
    serving.store(drawn[currentCPU].load(ordering: .relaxed) + 1, ordering: .releasing)
  }

  func tryLock() -> Bool {
    let number = next.load(ordering: .relaxed)
    drawn[currentCPU].store(number, ordering: .relaxed)
    if serving.load(ordering: .acquiring) != number { return false }
    return next.compareExchange(expected: number, desired: number + 1, ordering: .relaxed).exchanged
  }
}
