// Misconception: the number for isActive is changed by atomic additions, which cannot be lost, so a task may add
// itself after the lock is released, as long as that is before its barrier; but it can be taken off, and subtracted,
// before it has been added, and then hides another task.
// Breaks: skip-after-a-barrier in several
// Killed by: handlers
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// The CPUs in line, oldest first.
  private let line: [SharedCell]
  private let length = Atomic(0)
  private let isExclusive: [SharedCell]
  /// How many are in line, for those who look without the lock.
  private let number = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { number.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    var isNew = false
    locked {
      let cpu = currentCPU
      isNew = !waiting().contains(cpu)
      if isNew { append(cpu) }
      isExclusive[cpu].write(exclusive ? 1 : 0)
      setCurrentState(.sleeping, ordering: .relaxed)
    }
    if isNew { number.fetchAdd(1, ordering: .relaxed) }
    fence(ordering: .sequentiallyConsistent)
  }

  func finishWait() {
    locked {
      setCurrentState(.running, ordering: .relaxed)
      remove(currentCPU)
    }
  }

  func wakeUp() {
    locked {
      var isSpent = false
      for cpu in waiting() {
        if isExclusive[cpu].read() == 0 {
          wake(cpu)
          remove(cpu)
        } else if !isSpent, wake(cpu) {
          isSpent = true
          remove(cpu)
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
    number.fetchAdd(-1, ordering: .relaxed)
  }

  private func locked(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }
}
