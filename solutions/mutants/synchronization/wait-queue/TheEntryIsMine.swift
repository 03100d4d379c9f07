// Misconception: each CPU writes only its own entry, so the lock is only for walking the queue.
// Breaks: no-wake-up-lost in second-cpu
// Plainly.
// Killed by: active-look, asleep-or-awake, awake-in-line, coming-and-going, full-barrier, handlers, in-line,
//   interrupts-stay-off, mixed-waiters, next-in-line, oldest-first, one-exclusive, ordinary-waiters, out-of-line,
//   skips-a-wake-up, two-wakers, wake-all, wakes-up, weak-order, woken-for-nothing
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// For each CPU 0, or 1 if it waits, or 2 if it waits exclusively.
  private let entries: [SharedCell]
  /// For each CPU when it came, counted up.
  private let arrivals: [SharedCell]
  private let clock = Atomic(0)
  private let inLine = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    entries = (0..<cpus).map { _ in SharedCell(0) }
    arrivals = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { inLine.load(ordering: .relaxed) > 0 }

  func prepareToWait(exclusive: Bool) {
    let entry = entries[currentCPU]
    if entry.read() == 0 {
      arrivals[currentCPU].write(clock.fetchAdd(1, ordering: .relaxed))
      inLine.fetchAdd(1, ordering: .relaxed)
    }
    entry.write(exclusive ? 2 : 1)
    setCurrentState(.sleeping)
  }

  func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    leave(currentCPU)
  }

  func wakeUp() { wakeUp(limit: 1) }

  func wakeUpAll() { wakeUp(limit: entries.count) }

  private func wakeUp(limit: Int) {
    let flags = irqSave()
    lock.lock()
    var left = limit
    for cpu in entries.indices.sorted(by: { arrivals[$0].read() < arrivals[$1].read() }) {
      let entry = entries[cpu].read()
      if entry == 0 || entry == 2 && left == 0 || !wake(cpu) { continue }
      leave(cpu)
      if entry == 2 { left -= 1 }
    }
    lock.unlock()
    irqRestore(flags)
  }

  private func leave(_ cpu: Int) {
    if entries[cpu].read() == 0 { return }
    entries[cpu].write(0)
    inLine.fetchAdd(-1, ordering: .relaxed)
  }
}
