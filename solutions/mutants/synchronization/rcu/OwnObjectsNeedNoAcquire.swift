// Misconception: this CPU knows the objects that it has published itself, so dereference has to acquire only the
// objects of other CPUs; it is overlooked that another CPU may publish the same number again.
// Breaks: publication in ra
// Killed by: old-values
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(1)
  private let sections: [Atomic]
  private var depth = 0
  private var callbacks: [() -> Void] = []
  /// The objects that this CPU has published.
  private var own: Set<Int> = []

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    if depth == 0 {
      sections[currentCPU].store(period.load(ordering: .relaxed), ordering: .releasing)
      fence(ordering: .sequentiallyConsistent)
    }
    depth += 1
  }

  func readUnlock() {
    depth -= 1
    if depth == 0 { sections[currentCPU].store(0, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) {
    own.insert(object)
    pointer.store(object, ordering: .releasing)
  }

  func dereference(_ pointer: Atomic) -> Int {
    let object = pointer.load(ordering: .relaxed)
    if !own.contains(object) { fence(ordering: .acquiring) }
    return object
  }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let mine = period.fetchAdd(1, ordering: .acquiringAndReleasing) + 1
    fence(ordering: .sequentiallyConsistent)
    for section in sections { section.spin(until: { $0 == 0 || $0 >= mine }, ordering: .acquiring) }
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
