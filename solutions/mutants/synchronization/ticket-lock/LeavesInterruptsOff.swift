// Misconception: a spin lock keeps interrupts off, or a handler would wait for it forever.
// Breaks: interrupts-kept in alone
// Plainly.
// Killed by: interrupts, interrupts-kept
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let next = Atomic(0)
  private let serving = Atomic(0)

  init() {}

  func lock() {
    _ = irqSave()
    let mine = next.fetchAdd(1, ordering: .relaxed)
    serving.spin(until: { $0 == mine }, ordering: .acquiring)
  }

  func unlock() { serving.store(serving.load(ordering: .relaxed) + 1, ordering: .releasing) }

  func tryLock() -> Bool {
    let number = serving.load(ordering: .acquiring)
    return next.compareExchange(expected: number, desired: number + 1, ordering: .relaxed).exchanged
  }
}
