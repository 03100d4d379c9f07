// Misconception: one phase bit will do if it is changed twice, with a wait after each change.
// Killed by: call-inside, callbacks, histories, late-readers, late-sections, many-readers, nesting, sections-nest,
//   two-updaters
// Breaks: late-sections in second-cpu
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let phase = Atomic(0)
  private let turn = Atomic(0)
  private let nextTurn = Atomic(0)
  private let places: [Atomic]
  private var depth = 0
  private var waiting: [() -> Void] = []

  /// 0: outside; 1 and 2: inside, and in which phase it began.
  init(cpus: Int) { places = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    defer { depth += 1 }
    guard depth == 0 else { return }
    places[currentCPU].store(1 + phase.load(ordering: .relaxed), ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    guard depth == 0 else { return }
    places[currentCPU].store(0, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let ticket = nextTurn.fetchAdd(1, ordering: .relaxed)
    turn.spin(until: { $0 == ticket }, ordering: .acquiring)
    for _ in 0..<2 {
      let old = phase.load(ordering: .relaxed)
      phase.store(1 - old, ordering: .relaxed)
      fence(ordering: .sequentiallyConsistent)
      for place in places { place.spin(until: { $0 != 1 + old }, ordering: .acquiring) }
    }
    turn.store(ticket + 1, ordering: .releasing)
  }

  func call(_ callback: @escaping () -> Void) { waiting.append(callback) }

  func barrier() {
    var due: [() -> Void] = []
    swap(&due, &waiting)
    if due.isEmpty { return }
    synchronize()
    for callback in due { callback() }
  }
}
