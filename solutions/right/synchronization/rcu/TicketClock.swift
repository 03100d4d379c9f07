// Design: One clock for all: each section and each synchronize draws a number by an atomic add, and synchronize waits
// for sections with a smaller number than its own; the callbacks are in a dictionary under consecutive numbers.
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let clock = Atomic(1)
  private let tickets: [Atomic]
  private var depth = 0
  private var callbacks: [Int: () -> Void] = [:]
  private var firstCallback = 0
  private var endOfCallbacks = 0

  init(cpus: Int) { tickets = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    if depth == 0 {
      let mine = clock.fetchAdd(1, ordering: .acquiringAndReleasing)
      tickets[currentCPU].store(mine, ordering: .releasing)
      fence(ordering: .sequentiallyConsistent)
    }
    depth += 1
  }

  func readUnlock() {
    if depth == 1 { tickets[currentCPU].store(0, ordering: .releasing) }
    depth -= 1
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    let mine = clock.fetchAdd(1, ordering: .acquiringAndReleasing)
    fence(ordering: .sequentiallyConsistent)
    for ticket in tickets {
      ticket.spin(until: { $0 == 0 || $0 > mine }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) {
    callbacks[endOfCallbacks] = callback
    endOfCallbacks += 1
  }

  func barrier() {
    let end = endOfCallbacks
    guard firstCallback < end else { return }
    synchronize()
    while firstCallback < end {
      let callback = callbacks.removeValue(forKey: firstCallback)
      firstCallback += 1
      callback?()
    }
  }
}
