// Design: writers draw tickets; the odd and the even number that a writer stores follow from its ticket.
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let nextTicket = Atomic(0)
  private let served = Atomic(0)
  private let version = Atomic(0)

  init() {}

  func readBegin() -> Int { version.spin(until: { $0 % 2 == 0 }, ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    fence(ordering: .acquiringAndReleasing)
    return version.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    let ticket = nextTicket.fetchAdd(1, ordering: .relaxed)
    served.spin(until: { $0 == ticket }, ordering: .acquiring)
    version.store(2 * ticket + 1, ordering: .relaxed)
    fence(ordering: .releasing)
    return 2 * ticket + flags
  }

  func writeEnd(_ flags: Int) {
    let ticket = flags / 2
    version.store(2 * ticket + 2, ordering: .releasing)
    served.store(ticket + 1, ordering: .releasing)
    irqRestore(flags % 2)
  }
}
