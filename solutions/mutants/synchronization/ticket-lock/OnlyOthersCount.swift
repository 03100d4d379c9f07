// Misconception: tryLock() fails for the sake of the other CPUs on the queue; the code that a handler has interrupted
// cannot continue anyway, so the handler may go before it ("no other CPU wants it").
// Breaks: try-in-line in handler
// Killed by: try-in-line, try-in-turn
import Interleave
import LabKernel

/// The line is in one word: three bits for each CPU in it (its number plus 1), the first lowest, and below them one
/// bit that says that the first has the lock by now.
struct TicketLock: SpinLock {
  private let word = Atomic(0)

  init() {}

  func lock() {
    let me = currentCPU + 1
    var seen = word.load(ordering: .relaxed)
    while true {
      var end = 1
      while seen >> end != 0 { end += 3 }
      let result = word.compareExchange(expected: seen, desired: seen + me << end, ordering: .acquiring)
      if result.exchanged { break }
      seen = result.original
    }
    word.spin(until: { $0 >> 1 & 7 == me && $0 & 1 == 0 }, ordering: .acquiring)
    word.fetchAdd(1, ordering: .acquiring)
  }

  /// The first in line leaves it; all others move up.
  func unlock() {
    var seen = word.load(ordering: .relaxed)
    while true {
      let result = word.compareExchange(expected: seen, desired: (seen >> 4) << 1, ordering: .releasing)
      if result.exchanged { return }
      seen = result.original
    }
  }

  func tryLock() -> Bool {
    let me = currentCPU + 1
    let seen = word.load(ordering: .relaxed)
    if seen == 0 {
      return word.compareExchange(expected: 0, desired: me << 1 + 1, ordering: .acquiring).exchanged
    }
    // Only the code that was interrupted here is in line, and does not have the lock yet: go before it. It keeps
    // its place.
    if seen == me << 1 {
      return word.compareExchange(expected: seen, desired: (me << 3 + me) << 1 + 1, ordering: .acquiring).exchanged
    }
    return false
  }
}
