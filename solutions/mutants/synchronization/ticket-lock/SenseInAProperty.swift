// Misconception: A bell that changes its side with each call need not be cleared, if each CPU remembers which side is
// next; a property of the lock exists once per CPU, as the sheet says (and once per interrupt handler, as it also
// says: the bell of the CPU is shared by both, the memory is not).
// Breaks: handlers in many
// Killed by: interrupts
import Interleave
import LabKernel

/// Each CPU waits at a bell of its own; the lock knows who is the last in line.
struct TicketLock: SpinLock {
  private final class Memory { var side = 0 }

  private static let cpus = 5
  /// The CPU, plus 1, that came last.
  private let last = Atomic(0)
  /// For each CPU, the one, plus 1, that came behind it.
  private let behind = (0..<cpus).map { _ in Atomic(0) }
  /// For each CPU, a bell, which changes from 0 to 1 or from 1 to 0 when it is called.
  private let bell = (0..<cpus).map { _ in Atomic(0) }
  /// Where this CPU's bell stood after its last wait.
  private let memory = Memory()

  init() {}

  func lock() {
    let me = currentCPU
    let before = last.exchange(me + 1, ordering: .acquiringAndReleasing)
    if before == 0 { return }
    behind[before - 1].store(me + 1, ordering: .releasing)
    let called = 1 - memory.side
    bell[me].spin(until: { $0 == called }, ordering: .acquiring)
    memory.side = called
  }

  func unlock() {
    let me = currentCPU
    var following = behind[me].load(ordering: .acquiring)
    if following == 0 {
      if last.compareExchange(expected: me + 1, desired: 0, ordering: .acquiringAndReleasing).exchanged { return }
      following = behind[me].spin(until: { $0 != 0 }, ordering: .acquiring)
    }
    behind[me].store(0, ordering: .relaxed)
    // Only who hands over to a CPU touches its bell.
    let side = bell[following - 1].load(ordering: .relaxed)
    bell[following - 1].store(1 - side, ordering: .releasing)
  }

  func tryLock() -> Bool {
    last.compareExchange(expected: 0, desired: currentCPU + 1, ordering: .acquiringAndReleasing).exchanged
  }
}
