// Misconception: one word is checked first, which a task that is queued raises and no other code touches; if it is up
// although all marks are down, isActive itself lowers it, so that the next check is quick; but a task can be queued
// and raise it between the look at the marks and the store.
// Breaks: active-takes-no-lock in second-cpu
// Killed by: coming-and-going
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let line: [SharedCell]
  private let length = SharedCell(0)
  private let exclusiveBits = SharedCell(0)
  /// For each CPU, 1 if it is in line.
  private let mark: [Atomic]
  /// 0 only if no mark is up.
  private let perhaps = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    mark = (0..<cpus).map { _ in Atomic(0) }
  }

  var isActive: Bool {
    if perhaps.load(ordering: .relaxed) == 0 { return false }
    if mark.contains(where: { $0.load(ordering: .relaxed) != 0 }) { return true }
    perhaps.store(0, ordering: .relaxed)
    return false
  }

  func prepareToWait(exclusive: Bool) {
    let me = currentCPU
    let flags = irqSave()
    lock.lock()
    let bits = exclusiveBits.read()
    exclusiveBits.write(exclusive ? bits | 1 << me : bits & ~(1 << me))
    if mark[me].load(ordering: .relaxed) == 0 {
      let count = length.read()
      line[count].write(me)
      length.write(count + 1)
      mark[me].store(1, ordering: .relaxed)
    }
    perhaps.store(1, ordering: .relaxed)
    setCurrentState(.sleeping)
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
      if exclusiveBits.read() >> cpu & 1 == 0 {
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
    let count = length.read()
    var kept = 0
    for place in 0..<count {
      let cpu = line[place].read()
      guard stays(cpu) else {
        mark[cpu].store(0, ordering: .relaxed)
        continue
      }
      if kept != place { line[kept].write(cpu) }
      kept += 1
    }
    length.write(kept)
  }
}
