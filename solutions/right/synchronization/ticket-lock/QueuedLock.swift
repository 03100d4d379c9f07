// Design: a queued lock: one word with a bit for the holder and the last CPU on the queue; each CPU waits on its own
// word.
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let word = Atomic(0)
  private let follower = (0..<4).map { _ in Atomic(-1) }
  private let mustWait = (0..<4).map { _ in Atomic(0) }

  init() {}

  func lock() {
    if tryLock() { return }
    let me = currentCPU
    follower[me].store(-1, ordering: .relaxed)
    mustWait[me].store(1, ordering: .relaxed)
    var seen = word.load(ordering: .relaxed)
    while true {
      let joined = word.compareExchange(
        expected: seen, desired: (me + 1) << 1 | seen & 1, ordering: .acquiringAndReleasing)
      if joined.exchanged { break }
      seen = joined.original
    }
    if seen >> 1 != 0 {
      follower[seen >> 1 - 1].store(me, ordering: .releasing)
      mustWait[me].spin(until: { $0 == 0 }, ordering: .acquiring)
    }
    let free = word.spin(until: { $0 & 1 == 0 }, ordering: .acquiring)
    if free == (me + 1) << 1, word.compareExchange(expected: free, desired: 1, ordering: .acquiring).exchanged {
      return
    }
    word.fetchAdd(1, ordering: .acquiring)
    let next = follower[me].spin(until: { $0 >= 0 }, ordering: .acquiring)
    mustWait[next].store(0, ordering: .releasing)
  }

  func unlock() { word.fetchAdd(-1, ordering: .releasing) }

  func tryLock() -> Bool { word.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged }
}
