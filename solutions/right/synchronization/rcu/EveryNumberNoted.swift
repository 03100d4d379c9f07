// Design: sections draw increasing numbers for their own CPU from one clock; an updater lists the sections that are in
// its way.
import Interleave
import LabKernel

struct Section {
  let word: Atomic
  let isOpen: Atomic
}

final class SmallRCU: ReadCopyUpdate {
  private let sections: [Section]
  private var depth = 0
  private var number = 0
  private var callbacks: [Int: () -> Void] = [:]
  private var asked = 0
  private var ran = 0

  init(cpus: Int) { sections = (0..<cpus).map { _ in Section(word: Atomic(0), isOpen: Atomic(0)) } }

  func readLock() {
    depth += 1
    guard depth == 1 else { return }
    number += 1
    let mine = sections[currentCPU]
    mine.word.store(number, ordering: .releasing)
    mine.isOpen.store(1, ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
  }

  func readUnlock() {
    depth -= 1
    guard depth == 0 else { return }
    sections[currentCPU].isOpen.store(0, ordering: .releasing)
  }

  func publish(_ object: Int, to pointer: Atomic) {
    fence(ordering: .releasing)
    pointer.store(object, ordering: .relaxed)
  }

  func dereference(_ pointer: Atomic) -> Int {
    let object = pointer.load(ordering: .relaxed)
    fence(ordering: .acquiring)
    return object
  }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    var inTheWay: [(section: Section, number: Int)] = []
    for section in sections where section.isOpen.load(ordering: .acquiring) == 1 {
      inTheWay.append((section, section.word.load(ordering: .acquiring)))
    }
    wait(for: inTheWay)
  }

  /// Waits for the last, then for those before it.
  private func wait(for sections: [(section: Section, number: Int)]) {
    guard let (section, number) = sections.last else { return }
    while section.isOpen.load(ordering: .acquiring) == 1, section.word.load(ordering: .acquiring) == number {
      cpuRelax()
    }
    wait(for: sections.dropLast())
  }

  func call(_ callback: @escaping () -> Void) {
    callbacks[asked] = callback
    asked += 1
  }

  func barrier() {
    let end = asked
    if ran < end { synchronize() }
    while ran < end {
      callbacks.removeValue(forKey: ran)?()
      ran += 1
    }
  }
}
