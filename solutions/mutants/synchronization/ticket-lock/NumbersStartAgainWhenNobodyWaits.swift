// Misconception: the numbers start at 1 again whenever no CPU waits, so with a handful of CPUs three bits are plenty;
// it is overlooked that there may always be a CPU that waits, and that each CPU that comes draws one more than the
// largest.
// Breaks: every-lock-returns in third-cpu
// Killed by: first-come-first-served
import Interleave
import LabKernel

/// A lock in which everyone who has to wait notes a number, and the smallest goes first (Lamport's bakery, in one word).
///
/// Bit 0: somebody has the lock. Above, three bits a CPU: the number with which it waits, or 0.
struct TicketLock: SpinLock {
  private let word = Atomic(0)

  init() {}

  private static let cpus = 8

  private static func number(of cpu: Int, in word: Int) -> Int { word >> (1 + 3 * cpu) & 7 }

  /// Whether nobody has the lock, and nobody is to go before this CPU; of two equal numbers the lower CPU goes first.
  private static func isTurn(of me: Int, with mine: Int, in word: Int) -> Bool {
    if word & 1 != 0 { return false }
    for cpu in 0..<cpus where cpu != me {
      let other = number(of: cpu, in: word)
      if other != 0 && (other, cpu) < (mine, me) { return false }
    }
    return true
  }

  func lock() {
    let me = currentCPU
    var mine = 0
    var seen = word.load(ordering: .relaxed)
    while true {
      if seen == 0 {
        mine = 0
      } else {
        let numbers = (0..<Self.cpus).map { Self.number(of: $0, in: seen) }
        mine = (numbers.max() ?? 0) + 1
      }
      let desired = seen == 0 ? 1 : seen + (mine << (1 + 3 * me))
      let result = word.compareExchange(expected: seen, desired: desired, ordering: .acquiring)
      if result.exchanged { break }
      seen = result.original
    }
    if mine == 0 { return }
    let number = mine
    while true {
      let turn = word.spin(until: { Self.isTurn(of: me, with: number, in: $0) }, ordering: .relaxed)
      let desired = (turn - (number << (1 + 3 * me))) | 1
      if word.compareExchange(expected: turn, desired: desired, ordering: .acquiring).exchanged { return }
    }
  }

  func unlock() { word.fetchAdd(-1, ordering: .releasing) }

  func tryLock() -> Bool { word.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged }
}
