// Misconception: A heap has the oldest entry at the root, and the others after it in order, so the array can be
// walked; but once an entry has been taken out and the last was moved into its place, only the root is where it should
// be.
// Breaks: awake-does-not-count in several
// Killed by: awake-in-line
import Interleave
import LabKernel

/// A priority queue of those in line, by number.
struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// A binary heap: the entry at `i` is older than those at `2 * i + 1` and `2 * i + 2`.
  ///
  /// An entry is `number << 3 | cpu`.
  private let heap: [SharedCell]
  private let size = Atomic(0)
  private let next = Atomic(1)
  /// Bit n: CPU n waits exclusively.
  private let exclusives = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    heap = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { size.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    locked {
      let me = currentCPU
      let others = exclusives.load(ordering: .relaxed) & ~(1 << me)
      exclusives.store(exclusive ? others | 1 << me : others, ordering: .relaxed)
      if index(of: me) == nil { insert(next.fetchAdd(1, ordering: .relaxed) << 3 | me) }
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    locked {
      setCurrentState(.running)
      if let index = index(of: currentCPU) { remove(at: index) }
    }
  }

  func wakeUp() {
    locked {
      let exclusives = exclusives.load(ordering: .relaxed)
      var isSpent = false
      for cpu in cpusInLine() {
        let exclusive = exclusives & (1 << cpu) != 0
        if exclusive && isSpent { continue }
        if wake(cpu) && exclusive { isSpent = true }
        if let index = index(of: cpu) { remove(at: index) }
      }
    }
  }

  func wakeUpAll() {
    locked {
      for cpu in cpusInLine() { wake(cpu) }
      size.store(0, ordering: .relaxed)
    }
  }

  private func cpusInLine() -> [Int] {
    (0..<size.load(ordering: .relaxed)).map { heap[$0].read() & 7 }
  }

  private func index(of cpu: Int) -> Int? { cpusInLine().firstIndex(of: cpu) }

  private func insert(_ entry: Int) {
    var index = size.load(ordering: .relaxed)
    size.store(index + 1, ordering: .relaxed)
    while index > 0, heap[(index - 1) / 2].read() > entry {
      heap[index].write(heap[(index - 1) / 2].read())
      index = (index - 1) / 2
    }
    heap[index].write(entry)
  }

  private func remove(at index: Int) {
    let last = size.load(ordering: .relaxed) - 1
    let entry = heap[last].read()
    size.store(last, ordering: .relaxed)
    guard index < last else { return }
    var index = index
    while index > 0, heap[(index - 1) / 2].read() > entry {
      heap[index].write(heap[(index - 1) / 2].read())
      index = (index - 1) / 2
    }
    while 2 * index + 1 < last {
      var child = 2 * index + 1
      if child + 1 < last, heap[child + 1].read() < heap[child].read() { child += 1 }
      if heap[child].read() >= entry { break }
      heap[index].write(heap[child].read())
      index = child
    }
    heap[index].write(entry)
  }

  private func locked(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }
}
