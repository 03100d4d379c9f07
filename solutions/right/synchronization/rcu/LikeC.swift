// Design: as a C programmer would write it: loops around cpuRelax, a depth and a bit in one word, a linked list of
// callbacks.
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private final class Node {
    let run: () -> Void
    var next: Node?
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  private let clock = Atomic(2)
  private let words: [Atomic]
  private var nesting = 0
  private var head: Node?
  private var tail: Node?

  init(cpus: Int) {
    var words: [Atomic] = []
    for _ in 0..<cpus { words.append(Atomic(0)) }
    self.words = words
  }

  func readLock() {
    if nesting == 0 {
      let word = words[currentCPU]
      word.store(clock.load(ordering: .relaxed) | 1, ordering: .releasing)
      fence(ordering: .sequentiallyConsistent)
    }
    nesting += 1
  }

  func readUnlock() {
    nesting -= 1
    if nesting == 0 { words[currentCPU].store(0, ordering: .releasing) }
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let mine = clock.fetchAdd(2, ordering: .acquiringAndReleasing) + 2
    fence(ordering: .sequentiallyConsistent)
    var cpu = 0
    while cpu < words.count {
      while true {
        let seen = words[cpu].load(ordering: .acquiring)
        if seen & 1 == 0 || seen >= mine { break }
        cpuRelax()
      }
      cpu += 1
    }
  }

  func call(_ callback: @escaping () -> Void) {
    let node = Node(callback)
    if let last = tail { last.next = node } else { head = node }
    tail = node
  }

  func barrier() {
    var node = head
    head = nil
    tail = nil
    if node != nil { synchronize() }
    while let due = node {
      due.run()
      node = due.next
    }
  }
}
