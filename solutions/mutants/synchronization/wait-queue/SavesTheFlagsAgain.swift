// Misconception: wakeUpAll() releases the lock between two entries, and acquires it again as it always does, flags
// included; but interrupts are still off from the first time, and that is what it restores in the end.
// Breaks: interrupts-kept in several
// Killed by: interrupts-stay-off
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// The CPUs in line, oldest first.
  private let line: [SharedCell]
  /// How many of `line` are in use.
  private let length = Atomic(0)
  /// For each CPU, 1 if it waits exclusively.
  private let isExclusive: [SharedCell]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { length.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    let flags = irqSave()
    lock.lock()
    let me = currentCPU
    let count = length.load(ordering: .relaxed)
    if place(of: me, count) == nil {
      line[count].write(me)
      length.store(count + 1, ordering: .relaxed)
    }
    isExclusive[me].write(exclusive ? 1 : 0)
    setCurrentState(.sleeping)
    lock.unlock()
    irqRestore(flags)
  }

  func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    let flags = irqSave()
    lock.lock()
    takeOut(currentCPU)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() {
    let flags = irqSave()
    lock.lock()
    let count = length.load(ordering: .relaxed)
    var kept = 0
    var isSpent = false
    for place in 0..<count {
      let cpu = line[place].read()
      if isExclusive[cpu].read() == 0 {
        wake(cpu)
      } else if !isSpent {
        isSpent = wake(cpu)
      } else {
        line[kept].write(cpu)
        kept += 1
      }
    }
    length.store(kept, ordering: .relaxed)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUpAll() {
    var flags = irqSave()
    lock.lock()
    var left = length.load(ordering: .relaxed)
    while left > 0 && length.load(ordering: .relaxed) > 0 {
      let cpu = line[0].read()
      takeOut(cpu)
      wake(cpu)
      left -= 1
      if left > 0 {
        // So that nobody spins for long.
        lock.unlock()
        flags = irqSave()
        lock.lock()
      }
    }
    lock.unlock()
    irqRestore(flags)
  }

  /// Where this CPU stands in line.
  ///
  /// The lock is held.
  private func place(of cpu: Int, _ count: Int) -> Int? {
    (0..<count).first { line[$0].read() == cpu }
  }

  /// Takes a CPU out of line if it is in, and moves up those behind it.
  ///
  /// The lock is held.
  private func takeOut(_ cpu: Int) {
    let count = length.load(ordering: .relaxed)
    guard let hole = place(of: cpu, count) else { return }
    for place in hole..<(count - 1) { line[place].write(line[place + 1].read()) }
    length.store(count - 1, ordering: .relaxed)
  }
}
