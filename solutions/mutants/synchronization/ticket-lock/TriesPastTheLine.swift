// Misconception: the queue is for CPUs that wait, and tryLock() does not wait.
// Breaks: try-in-line in second-cpu
// Plainly.
// Killed by: try-in-line, try-in-turn
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let isTaken = Atomic(0)
  private let next = Atomic(0)
  private let serving = Atomic(0)

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    serving.spin(until: { $0 == mine }, ordering: .acquiring)
    // It is my turn, and yet somebody may be in who has tried.
    while !tryLock() { isTaken.spin(until: { $0 == 0 }, ordering: .relaxed) }
    serving.store(mine + 1, ordering: .releasing)
  }

  func unlock() { isTaken.store(0, ordering: .releasing) }

  func tryLock() -> Bool { isTaken.exchange(1, ordering: .acquiring) == 0 }
}
