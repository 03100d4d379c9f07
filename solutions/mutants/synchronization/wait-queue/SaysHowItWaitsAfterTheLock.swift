// Misconception: the way a CPU waits is an Atomic that only the CPU itself stores, so it need not be under the lock,
// and is stored after the lock has been released; but a waker can come between, and uses the way this CPU waited the
// last time.
// Breaks: as-now in several
// Killed by: mixed-waiters
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let line: [SharedCell]
  private let length = Atomic(0)
  private let isExclusive: [Atomic]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in Atomic(0) }
  }

  var isActive: Bool { length.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    let me = currentCPU
    let flags = irqSave()
    lock.lock()
    let count = length.load(ordering: .relaxed)
    if !(0..<count).contains(where: { line[$0].read() == me }) {
      line[count].write(me)
      length.store(count + 1, ordering: .relaxed)
    }
    setCurrentState(.sleeping)
    lock.unlock()
    isExclusive[me].store(exclusive ? 1 : 0, ordering: .releasing)
    fence(ordering: .sequentiallyConsistent)
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
      if isExclusive[cpu].load(ordering: .acquiring) == 0 {
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
