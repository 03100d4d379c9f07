// Misconception: the latest period that this CPU has seen is one property, which barrier sets to its own period and
// compares with the callbacks' numbers; it is overlooked that a section in a callback sets it, too, if another CPU has
// raised the period meanwhile.
// Breaks: callbacks-may-call in second-cpu
// Killed by: call-inside
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  /// The latest period that this CPU knows of.
  private var seen = 1
  private var callbacks: [(number: Int, run: () -> Void)] = []

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    if depth == 0 {
      seen = period.load(ordering: .acquiring)
      sections[currentCPU].store(seen, ordering: .releasing)
      fence(ordering: .sequentiallyConsistent)
    }
    depth += 1
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { sections[currentCPU].store(0, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let next = period.fetchAdd(1, ordering: .acquiringAndReleasing) + 1
    fence(ordering: .sequentiallyConsistent)
    for section in sections {
      section.spin(until: { $0 == 0 || $0 >= next }, ordering: .acquiring)
    }
    seen = next
  }

  /// Notes the period of now; the callback may run when a later one has been waited for.
  func call(_ callback: @escaping () -> Void) {
    callbacks.append((seen, callback))
  }

  func barrier() {
    if callbacks.isEmpty { return }
    synchronize()
    while let first = callbacks.first, first.number < seen {
      callbacks.removeFirst()
      first.run()
    }
  }
}
