// Design: Anderson's array lock for writers; the number counts down, and its sign says whether a write is in progress.
import Interleave
import LabKernel

struct Seqlock: SequenceLock {
  private let place = Atomic(0)
  private let slots: [Atomic]
  private let version = Atomic(1)
  private let current = Atomic(0)

  init() { slots = (0..<4).map { Atomic($0 == 0 ? 1 : 0) } }

  func readBegin() -> Int { version.load(ordering: .acquiring) }

  func readRetry(_ start: Int) -> Bool {
    guard start > 0 else { return true }
    fence(ordering: .acquiring)
    return version.load(ordering: .relaxed) != start
  }

  func writeBegin() -> Int {
    let flags = irqSave()
    let mine = place.fetchAdd(1, ordering: .relaxed) % slots.count
    slots[mine].spin(until: { $0 == 1 }, ordering: .acquiring)
    slots[mine].store(0, ordering: .relaxed)
    current.store(mine, ordering: .relaxed)
    version.store(-version.load(ordering: .relaxed), ordering: .relaxed)
    fence(ordering: .releasing)
    return flags
  }

  func writeEnd(_ flags: Int) {
    let mine = current.load(ordering: .relaxed)
    version.store(1 - version.load(ordering: .relaxed), ordering: .releasing)
    slots[(mine + 1) % slots.count].store(1, ordering: .releasing)
    irqRestore(flags)
  }
}
