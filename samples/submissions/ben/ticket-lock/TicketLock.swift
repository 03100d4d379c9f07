import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let owner = Atomic(0)

  init() {}

  func lock() {
    // Take a ticket and put the next one out.
    let ticket = next.load(ordering: .relaxed)
    next.store(ticket + 1, ordering: .relaxed)
    owner.spin(until: { $0 == ticket }, ordering: .acquiring)
  }

  func unlock() {
    owner.store(owner.load(ordering: .relaxed) + 1, ordering: .releasing)
  }

  func tryLock() -> Bool {
    let ticket = owner.load(ordering: .acquiring)
    return next.compareExchange(expected: ticket, desired: ticket + 1, ordering: .acquiring).exchanged
  }
}
