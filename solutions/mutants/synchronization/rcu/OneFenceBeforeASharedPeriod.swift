// Misconception: A period whose number was drawn after the call may serve the callback; it is overlooked that its
// updater has passed its only full fence before it drew the number, and so may not see a section that began between
// the two.
// Breaks: callbacks-after-a-grace-period in ra
// Killed by: old-values
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let completed = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [(after: Int, run: () -> Void)] = []

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    if depth == 0 {
      sections[currentCPU].store(period.load(ordering: .acquiring), ordering: .releasing)
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
    for section in sections {
      section.spin(until: { $0 == 0 || $0 >= next }, ordering: .acquiring)
    }
    var known = completed.load(ordering: .acquiring)
    while known < next {
      let (exchanged, original) = completed.compareExchange(
        expected: known, desired: next, ordering: .acquiringAndReleasing)
      if exchanged { return }
      known = original
    }
  }

  func call(_ callback: @escaping () -> Void) {
    fence(ordering: .sequentiallyConsistent)
    callbacks.append((period.load(ordering: .acquiring), callback))
  }

  func barrier() {
    let due = callbacks
    callbacks = []
    guard let last = due.last else { return }
    // All periods with a greater number than the last callback's have begun after its call.
    if completed.load(ordering: .acquiring) <= last.after { synchronize() }
    for (_, run) in due { run() }
  }
}
