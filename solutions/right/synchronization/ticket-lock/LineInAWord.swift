// Design: the whole queue in one word, a digit for each CPU on it; the lowest digit holds the lock.
import Interleave
import LabKernel

struct TicketLock: SpinLock {
  private let line = Atomic(0)

  init() {}

  func lock() {
    let me = currentCPU + 1
    var seen = line.load(ordering: .relaxed)
    while true {
      let joined = line.compareExchange(expected: seen, desired: append(me, to: seen), ordering: .acquiring)
      if joined.exchanged { break }
      seen = joined.original
    }
    line.spin(until: { $0 % 8 == me }, ordering: .acquiring)
  }

  func unlock() {
    var seen = line.load(ordering: .relaxed)
    while true {
      let left = line.compareExchange(expected: seen, desired: seen / 8, ordering: .releasing)
      if left.exchanged { return }
      seen = left.original
    }
  }

  func tryLock() -> Bool {
    line.compareExchange(expected: 0, desired: currentCPU + 1, ordering: .acquiring).exchanged
  }

  private func append(_ cpu: Int, to line: Int) -> Int { line == 0 ? cpu : line % 8 + 8 * append(cpu, to: line / 8) }
}
