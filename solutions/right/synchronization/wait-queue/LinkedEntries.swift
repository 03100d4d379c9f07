// Design: as in C: a doubly linked list of entries with a head, one entry per CPU.
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let next: [SharedCell]
  private let previous: [SharedCell]
  private let isExclusive = Atomic(0)
  private let count = Atomic(0)
  private let head: Int

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    head = cpus
    next = (0...cpus).map { SharedCell($0) }
    previous = (0...cpus).map { SharedCell($0) }
  }

  var isActive: Bool { count.load(ordering: .relaxed) > 0 }

  func prepareToWait(exclusive: Bool) {
    let flags = irqSave()
    lock.lock()
    let me = currentCPU
    let others = isExclusive.load(ordering: .relaxed) & ~(1 << me)
    isExclusive.store(exclusive ? others | 1 << me : others, ordering: .relaxed)
    if next[me].read() == me {
      let last = previous[head].read()
      next[last].write(me)
      previous[me].write(last)
      next[me].write(head)
      previous[head].write(me)
      count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed)
    }
    setCurrentState(.sleeping)
    lock.unlock()
    irqRestore(flags)
  }

  func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    let flags = irqSave()
    lock.lock()
    unlink(currentCPU)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() { wake(all: false) }

  func wakeUpAll() { wake(all: true) }

  private func wake(all: Bool) {
    let flags = irqSave()
    lock.lock()
    var isSpent = false
    var entry = next[head].read()
    while entry != head {
      let following = next[entry].read()
      let isExclusive = isExclusive.load(ordering: .relaxed) >> entry & 1 == 1
      if all || !isExclusive || !isSpent {
        if isWoken(entry) {
          unlink(entry)
          if isExclusive { isSpent = true }
        }
      }
      entry = following
    }
    lock.unlock()
    irqRestore(flags)
  }

  private func isWoken(_ cpu: Int) -> Bool { Interleave.wake(cpu) }

  private func unlink(_ entry: Int) {
    let after = next[entry].read()
    if after == entry { return }
    let before = previous[entry].read()
    next[before].write(after)
    previous[after].write(before)
    next[entry].write(entry)
    previous[entry].write(entry)
    count.store(count.load(ordering: .relaxed) - 1, ordering: .relaxed)
  }
}
