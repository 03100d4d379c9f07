// Misconception: two irqSave() need two irqRestore(), each with its own flags; it is overlooked that the last flags
// saved must be restored first, because the later ones say 'off'.
// Breaks: interrupts-kept in second-cpu
// Killed by: interrupts, interrupts-kept
import Interleave
import LabKernel

/// Handing over is not to be interrupted, so that the next in line gets the lock as soon as may be.
struct TicketLock: SpinLock {
  /// The number that the next CPU draws.
  private let next = Atomic(0)
  /// The number that is being served.
  private let owner = Atomic(0)

  init() {}

  func lock() {
    let mine = next.fetchAdd(1, ordering: .relaxed)
    owner.spin(until: { $0 == mine }, ordering: .acquiring)
  }

  func unlock() {
    let flags = irqSave()
    let mine = owner.load(ordering: .relaxed)
    if next.load(ordering: .relaxed) == mine + 1 {
      owner.store(mine + 1, ordering: .releasing)
      irqRestore(flags)
      return
    }
    // Somebody waits.
    let inner = irqSave()
    owner.store(mine + 1, ordering: .releasing)
    irqRestore(flags)
    irqRestore(inner)
  }

  func tryLock() -> Bool {
    let serving = owner.load(ordering: .acquiring)
    return next.compareExchange(expected: serving, desired: serving + 1, ordering: .acquiring).exchanged
  }
}
