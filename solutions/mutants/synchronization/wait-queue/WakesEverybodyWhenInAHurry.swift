// Misconception: waking too many tasks is never wrong, so a wake-up that cannot have the lock immediately, as in a
// handler, need not wait for it and wakes all tasks; but these stay on the queue, and the exclusive waiters among them
// should have slept on (rule 8).
// Breaks: one-exclusive in several
// Killed by: two-wakers
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
    let flags = irqSave()
    if lock.tryLock() {
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
      lock.unlock()
    } else {
      // Somebody is busy in the line. Who has no reason to be awake looks and sleeps again.
      for cpu in isExclusive.indices { wake(cpu) }
    }
    irqRestore(flags)
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
