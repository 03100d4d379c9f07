// Design: finishWait() acquires the lock only if the entry is still on the queue: the waker's last store says that it
// has left.
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// For each CPU 0 if it is out, else how it waits.
  private let entries: [Atomic]
  private let order: [SharedCell]
  private let count = SharedCell(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    entries = (0..<cpus).map { _ in Atomic(0) }
    order = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { entries.contains { $0.load(ordering: .relaxed) != 0 } }

  func prepareToWait(exclusive: Bool) {
    let flags = irqSave()
    lock.lock()
    if entries[currentCPU].load(ordering: .relaxed) == 0 {
      order[count.read()].write(currentCPU)
      count.write(count.read() + 1)
    }
    entries[currentCPU].store(exclusive ? 2 : 1, ordering: .relaxed)
    setCurrentState(.sleeping)
    lock.unlock()
    irqRestore(flags)
  }

  func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    if entries[currentCPU].load(ordering: .acquiring) == 0 { return }
    let flags = irqSave()
    lock.lock()
    keep { $0 != currentCPU }
    entries[currentCPU].store(0, ordering: .relaxed)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() { wake(exclusive: 1) }

  func wakeUpAll() { wake(exclusive: order.count) }

  private func wake(exclusive count: Int) {
    let flags = irqSave()
    lock.lock()
    var left = count
    var woken: [Int] = []
    keep { cpu in
      let isExclusive = entries[cpu].load(ordering: .relaxed) == 2
      if isExclusive && left == 0 { return true }
      guard Interleave.wake(cpu) else { return true }
      if isExclusive { left -= 1 }
      woken.append(cpu)
      return false
    }
    for cpu in woken { entries[cpu].store(0, ordering: .releasing) }
    lock.unlock()
    irqRestore(flags)
  }

  private func keep(_ stays: (Int) -> Bool) {
    let line = (0..<count.read()).map { order[$0].read() }
    var kept = 0
    for cpu in line where stays(cpu) {
      order[kept].write(cpu)
      kept += 1
    }
    count.write(kept)
  }
}
