// Misconception: if the oldest exclusive waiter turns out to be awake, any other will do, and the CPUs are tried in
// the order of their numbers; but the next waiter is the sleeping one that has been on the queue longest.
// Breaks: awake-does-not-count in several
// Killed by: awake-in-line
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// The CPUs in line, oldest first.
  private let line: [SharedCell]
  private let length = Atomic(0)
  private let isExclusive: [SharedCell]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { length.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    locked {
      let cpu = currentCPU
      if !waiting().contains(cpu) { append(cpu) }
      isExclusive[cpu].write(exclusive ? 1 : 0)
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    locked {
      setCurrentState(.running, ordering: .relaxed)
      remove(currentCPU)
    }
  }

  func wakeUp() {
    locked {
      var oldest: Int?
      for cpu in waiting() {
        if isExclusive[cpu].read() == 0 {
          wake(cpu)
          remove(cpu)
        } else if oldest == nil {
          oldest = cpu
        }
      }
      guard let oldest else { return }
      if wake(oldest) {
        remove(oldest)
        return
      }
      // It was awake already: one of the others. Only exclusive ones are left in line.
      let others = waiting()
      for cpu in isExclusive.indices where cpu != oldest && others.contains(cpu) {
        if wake(cpu) {
          remove(cpu)
          return
        }
      }
    }
  }

  func wakeUpAll() {
    locked {
      for cpu in waiting() {
        wake(cpu)
        remove(cpu)
      }
    }
  }

  private func waiting() -> [Int] {
    (0..<length.load(ordering: .relaxed)).map { line[$0].read() }
  }

  private func append(_ cpu: Int) {
    let count = length.load(ordering: .relaxed)
    line[count].write(cpu)
    length.store(count + 1, ordering: .relaxed)
  }

  private func remove(_ cpu: Int) {
    let old = waiting()
    guard let place = old.firstIndex(of: cpu) else { return }
    for behind in old.indices where behind > place { line[behind - 1].write(old[behind]) }
    length.store(old.count - 1, ordering: .relaxed)
  }

  private func locked(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }
}
