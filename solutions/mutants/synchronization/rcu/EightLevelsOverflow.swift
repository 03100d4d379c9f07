// Misconception: the nesting depth fits into three bits below the period, in one word.
// Breaks: nesting in nested
// Killed by: nesting
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  /// For each CPU the period in which its section began, times 8, plus its depth.
  private let words: [Atomic]
  private let period = Atomic(1)
  private var callbacks: [() -> Void] = []

  init(cpus: Int) { words = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    let word = words[currentCPU]
    let mine = word.load(ordering: .relaxed)
    if mine & 7 == 0 {
      word.store(period.load(ordering: .relaxed) << 3 + 1, ordering: .releasing)
      fence(ordering: .sequentiallyConsistent)
    } else {
      word.store(mine + 1, ordering: .releasing)
    }
  }

  func readUnlock() {
    let word = words[currentCPU]
    word.store(word.load(ordering: .relaxed) - 1, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    fence(ordering: .sequentiallyConsistent)
    for word in words {
      word.spin(until: { $0 & 7 == 0 || $0 >> 3 > old }, ordering: .acquiring)
    }
  }

  func call(_ callback: @escaping () -> Void) { callbacks.append(callback) }

  func barrier() {
    let due = callbacks
    callbacks = []
    guard !due.isEmpty else { return }
    synchronize()
    for callback in due { callback() }
  }
}
