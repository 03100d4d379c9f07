// Misconception: an unlock followed by a lock was once documented as a full barrier, so a task that had to wait for
// the lock has had one already and stores its state relaxed; but that barrier, if it were one, comes before the stores
// under the lock, and not after them.
// Breaks: full-barrier in weak-memory
// Killed by: weak-order
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
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
    let me = currentCPU
    let flags = irqSave()
    let hadToWait = !lock.tryLock()
    if hadToWait { lock.lock() }
    isExclusive[me].write(exclusive ? 1 : 0)
    let count = length.load(ordering: .relaxed)
    if !(0..<count).contains(where: { line[$0].read() == me }) {
      line[count].write(me)
      length.store(count + 1, ordering: .relaxed)
    }
    if hadToWait {
      // The other's unlock and this lock are a full barrier.
      setCurrentState(.sleeping, ordering: .relaxed)
    } else {
      setCurrentState(.sleeping)
    }
    lock.unlock()
    irqRestore(flags)
  }

  func finishWait() {
    let me = currentCPU
    let flags = irqSave()
    lock.lock()
    setCurrentState(.running, ordering: .relaxed)
    keep { $0 != me }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() {
    let flags = irqSave()
    lock.lock()
    var isSpent = false
    keep { cpu in
      if isExclusive[cpu].read() == 0 {
        wake(cpu)
        return false
      }
      if isSpent || !wake(cpu) { return true }
      isSpent = true
      return false
    }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUpAll() {
    let flags = irqSave()
    lock.lock()
    keep { cpu in
      wake(cpu)
      return false
    }
    lock.unlock()
    irqRestore(flags)
  }

  /// Goes along the line, oldest first, and moves those up that stay.
  private func keep(_ stays: (Int) -> Bool) {
    let count = length.load(ordering: .relaxed)
    var kept = 0
    for place in 0..<count {
      let cpu = line[place].read()
      guard stays(cpu) else { continue }
      if kept != place { line[kept].write(cpu) }
      kept += 1
    }
    if kept != count { length.store(kept, ordering: .relaxed) }
  }
}
