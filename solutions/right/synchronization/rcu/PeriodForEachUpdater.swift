// Design: each updater has a number of its own, and a section notes all of them.
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let periods: [Atomic]
  private let notes: [Atomic]
  private var depth = 0
  private var waiting: [() -> Void] = []
  private let room = 1_000

  init(cpus: Int) {
    periods = (0..<cpus).map { _ in Atomic(0) }
    notes = (0..<cpus).map { _ in Atomic(0) }
  }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    var note = 1
    for period in periods.reversed() { note = note * room + period.load(ordering: .relaxed) }
    notes[currentCPU].store(note, ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    guard depth == 0 else { return }
    notes[currentCPU].store(0, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let me = currentCPU
    let new = periods[me].load(ordering: .relaxed) + 1
    periods[me].store(new, ordering: .relaxed)
    fence(ordering: .sequentiallyConsistent)
    var weight = 1
    for _ in 0..<me { weight *= room }
    for note in notes {
      note.spin(until: { $0 == 0 || $0 / weight % self.room >= new }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) { waiting.append(callback) }

  func barrier() {
    guard !waiting.isEmpty else { return }
    synchronize()
    let due = waiting
    waiting = []
    for callback in due { callback() }
  }
}
