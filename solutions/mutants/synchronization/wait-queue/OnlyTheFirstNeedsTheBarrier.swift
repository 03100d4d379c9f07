// Misconception: the barrier is there for isActive, and if another task is on the queue already isActive is true
// anyway, so only the task that makes the queue non-empty pays for it; but the second task stores its state, too, and
// the store waits in the store buffer while the check is done (TSO, RA).
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
    lock.lock()
    isExclusive[me].write(exclusive ? 1 : 0)
    let count = length.load(ordering: .relaxed)
    let isInLine = (0..<count).contains { line[$0].read() == me }
    if !isInLine {
      line[count].write(me)
      length.store(count + 1, ordering: .relaxed)
    }
    if count - (isInLine ? 1 : 0) == 0 {
      // Up to now nobody was to be seen.
      setCurrentState(.sleeping)
    } else {
      setCurrentState(.sleeping, ordering: .releasing)
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
