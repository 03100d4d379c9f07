// Misconception: two sections that begin at the same time may have the same number without harm, so a load and a store
// will do to draw it; it is overlooked that the store of a slow CPU sets the number back.
// Breaks: grace-period in second-reader
// Killed by: many-readers
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  /// The number of the last section that has begun on any CPU.
  private let last = Atomic(0)
  /// The number of the section in which a CPU is, or 0.
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    if depth == 0 {
      let number = last.load(ordering: .relaxed) + 1
      last.store(number, ordering: .relaxed)
      sections[currentCPU].store(number, ordering: .releasing)
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
    let limit = last.load(ordering: .acquiring)
    for section in sections { section.spin(until: { $0 == 0 || $0 > limit }, ordering: .acquiring) }
  }

  func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  func barrier() {
    if callbacks.isEmpty { return }
    let due = callbacks
    callbacks = []
    synchronize()
    for callback in due { callback() }
  }
}
