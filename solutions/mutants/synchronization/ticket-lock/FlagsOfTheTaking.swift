// Misconception: the flags that were found when the lock was acquired still hold when it is released, so unlock() can
// restore those.
// Breaks: interrupts-kept in interrupts-off
// Killed by: interrupts
import Interleave
import LabKernel

/// Two numbers, which are moved with interrupts off.
final class TicketLock: SpinLock {
  private let next = Atomic(0)
  private let owner = Atomic(0)
  /// How interrupts were when this CPU took the lock.
  private var flags = 0

  init() {}

  func lock() {
    let found = irqSave()
    let mine = next.fetchAdd(1, ordering: .relaxed)
    irqRestore(found)
    owner.spin(until: { $0 == mine }, ordering: .acquiring)
    flags = found
  }

  func unlock() {
    _ = irqSave()
    let mine = owner.load(ordering: .relaxed)
    owner.store(mine + 1, ordering: .releasing)
    irqRestore(flags)
  }

  func tryLock() -> Bool {
    let found = irqSave()
    let number = owner.load(ordering: .acquiring)
    let taken = next.compareExchange(expected: number, desired: number + 1, ordering: .relaxed).exchanged
    irqRestore(found)
    if taken { flags = found }
    return taken
  }
}
