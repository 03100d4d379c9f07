// Misconception: a lock is right if it never lets two CPUs in; which CPU is next is luck, and evens out.
// Breaks: first-come in second-cpu
// Plainly.
// Killed by: first-come-first-served, in-turn, try-in-line, try-in-turn
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let taken = Atomic(0)

  init() {}

  func lock() {
    while taken.exchange(1, ordering: .acquiring) == 1 { taken.spin(until: { $0 == 0 }, ordering: .relaxed) }
  }

  func unlock() { taken.store(0, ordering: .releasing) }

  func tryLock() -> Bool { taken.exchange(1, ordering: .acquiring) == 0 }
}
