// Misconception: a CPU that raises a flag and then sees no CPU on the queue is alone; it did both in that order, after
// all.
// Breaks: exclusion in tso
// Killed by: hand-over, try-at-once, try-hand-over, try-in-line
import Interleave
import LabKernel

/// A ticket lock in which CPU 0 need not draw a number as long as nobody else has.
///
/// CPU 0 raises `fast` and looks for others; they draw a number and look at `fast`. Between the two a full barrier is
/// missing on the side of CPU 0.
struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let serving = Atomic(0)
  private let fast = Atomic(0)

  init() {}

  func lock() {
    if currentCPU == 0 {
      fast.store(1, ordering: .releasing)
      let now = serving.load(ordering: .acquiring)
      if next.load(ordering: .acquiring) == now { return }
      fast.store(0, ordering: .releasing)
    }
    let mine = next.fetchAdd(1, ordering: .sequentiallyConsistent)
    serving.spin(until: { $0 == mine }, ordering: .acquiring)
    if currentCPU != 0 { fast.spin(until: { $0 == 0 }, ordering: .acquiring) }
  }

  func unlock() {
    if currentCPU == 0, fast.load(ordering: .relaxed) == 1 {
      fast.store(0, ordering: .releasing)
    } else {
      serving.store(serving.load(ordering: .relaxed) + 1, ordering: .releasing)
    }
  }

  func tryLock() -> Bool {
    let now = serving.load(ordering: .acquiring)
    guard next.compareExchange(expected: now, desired: now + 1, ordering: .sequentiallyConsistent).exchanged else {
      return false
    }
    if fast.load(ordering: .acquiring) == 0 { return true }
    serving.store(now + 1, ordering: .releasing)
    return false
  }
}
