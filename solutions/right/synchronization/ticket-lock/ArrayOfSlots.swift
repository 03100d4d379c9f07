// Design: Anderson's array lock: a slot for each CPU that can wait; the holder opens the next slot.
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private static let slots = 8
  private let next = Atomic(0)
  private let served = Atomic(0)
  private let isOpen = (0..<slots).map { Atomic($0 == 0 ? 1 : 0) }

  init() {}

  func lock() {
    let ticket = next.fetchAdd(1, ordering: .relaxed)
    let slot = isOpen[ticket % Self.slots]
    slot.spin(until: { $0 == 1 }, ordering: .acquiring)
    slot.store(0, ordering: .relaxed)
  }

  func unlock() {
    let ticket = served.load(ordering: .relaxed) + 1
    served.store(ticket, ordering: .releasing)
    isOpen[ticket % Self.slots].store(1, ordering: .releasing)
  }

  func tryLock() -> Bool {
    let ticket = served.load(ordering: .acquiring)
    let slot = isOpen[ticket % Self.slots]
    // The holder says first which number is served, and then opens the slot.
    guard slot.load(ordering: .acquiring) == 1 else { return false }
    guard next.compareExchange(expected: ticket, desired: ticket + 1, ordering: .relaxed).exchanged else {
      return false
    }
    slot.store(0, ordering: .relaxed)
    return true
  }
}
