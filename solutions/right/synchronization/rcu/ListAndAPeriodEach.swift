// Design: as a C programmer would write it: callbacks in a pool of numbered nodes with a free list and a queue with
// head and tail, each run after a grace period of its own; sections hold the complement of their period, so that 0 can
// mean that there is no section.
import Interleave
import LabKernel

final class SmallRCU: ReadCopyUpdate {
  private let period = Atomic(0)
  private let sections: [Atomic]
  private var depth = 0

  // Node 0 is the end of a list.
  private var functions: [(() -> Void)?] = [nil]
  private var nexts: [Int] = [0]
  private var free = 0
  private var head = 0
  private var tail = 0

  init(cpus: Int) { sections = (0..<cpus).map { _ in Atomic(0) } }

  func readLock() {
    if depth == 0 {
      // Always negative within a section.
      let since = period.load(ordering: .relaxed)
      sections[currentCPU].store(~since, ordering: .releasing)
      fence(ordering: .sequentiallyConsistent)
    }
    depth += 1
  }

  func readUnlock() {
    if depth == 1 { sections[currentCPU].store(0, ordering: .releasing) }
    depth -= 1
  }

  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }

  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }

  func synchronize() {
    fence(ordering: .sequentiallyConsistent)
    let old = period.fetchAdd(1, ordering: .acquiringAndReleasing)
    fence(ordering: .sequentiallyConsistent)
    var cpu = 0
    while cpu < sections.count {
      if cpu != currentCPU {
        sections[cpu].spin(until: { $0 >= 0 || ~$0 > old }, ordering: .acquiring)
      }
      cpu += 1
    }
  }

  func call(_ callback: @escaping () -> Void) {
    var node = free
    if node != 0 {
      free = nexts[node]
      functions[node] = callback
      nexts[node] = 0
    } else {
      node = functions.count
      functions.append(callback)
      nexts.append(0)
    }
    if tail == 0 { head = node } else { nexts[tail] = node }
    tail = node
  }

  func barrier() {
    let last = tail
    if last == 0 { return }
    var isLast = false
    while !isLast {
      synchronize()
      let node = head
      isLast = node == last
      head = nexts[node]
      if head == 0 { tail = 0 }
      let function = functions[node]
      functions[node] = nil
      nexts[node] = free
      // The last one goes to the free list only now, and the loop is over before its number could come again.
      free = node
      function?()
    }
  }
}
