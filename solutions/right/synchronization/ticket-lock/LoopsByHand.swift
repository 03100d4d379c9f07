// Design: as in C: the two numbers, loops around loads, an addition to release the lock.
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let head = Atomic(0)
  private let tail = Atomic(0)

  init() {}

  func lock() {
    let ticket = tail.fetchAdd(1, ordering: .acquiringAndReleasing)
    while head.load(ordering: .acquiring) != ticket {
      cpuRelax()
    }
  }

  func unlock() {
    head.fetchAdd(1, ordering: .releasing)
  }

  func tryLock() -> Bool {
    let ticket = head.load(ordering: .acquiring)
    if tail.load(ordering: .relaxed) != ticket {
      return false
    }
    let drawn = tail.compareExchange(expected: ticket, desired: ticket + 1, ordering: .acquiringAndReleasing)
    return drawn.exchanged
  }
}
