// Design: in the manner of Craig, Landin and Hagersten, with counts for nodes: the queue holds the token (CPU, n),
// which is over once that CPU has unlocked n times; interrupts are off while a token is made and queued.
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  /// The token of the last in line: 16 * n + c is the n-th time of CPU c.
  private let last = Atomic(0)
  /// How often CPU c has given the lock back.
  private let over: [Atomic]

  init() {
    over = (0..<8).map { _ in Atomic(0) }
  }

  func lock() {
    let flags = irqSave()
    let before = last.exchange(newToken(), ordering: .acquiringAndReleasing)
    irqRestore(flags)
    over[before % 16].spin(until: { $0 >= before / 16 }, ordering: .acquiring)
  }

  func unlock() {
    let mine = over[currentCPU]
    mine.store(mine.load(ordering: .relaxed) + 1, ordering: .releasing)
  }

  func tryLock() -> Bool {
    let flags = irqSave()
    let taken = take(after: last.load(ordering: .acquiring))
    irqRestore(flags)
    return taken
  }

  /// The token of this CPU's next time; with interrupts off until it is in line.
  private func newToken() -> Int {
    16 * (over[currentCPU].load(ordering: .relaxed) + 1) + currentCPU
  }

  // Gets in line behind `before`, if that is the last one, and over. No token is ever used twice.
  private func take(after before: Int) -> Bool {
    guard over[before % 16].load(ordering: .acquiring) >= before / 16 else { return false }
    let result = last.compareExchange(expected: before, desired: newToken(), ordering: .acquiringAndReleasing)
    return result.exchanged || take(after: result.original)
  }
}
