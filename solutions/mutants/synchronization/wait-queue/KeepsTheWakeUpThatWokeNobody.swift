// Misconception: A wake-up for an exclusive waiter that found all of them awake has not been used up and must not be
// lost, so it is kept, and the next task that prepares to wait exclusively gets it and does not sleep.
// Breaks: marks-asleep in again
// Killed by: awake-in-line
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
  /// 1 if a wake-up found exclusive waiters, and all of them awake.
  private let isOwed: SharedCell

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
    isOwed = SharedCell(0)
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
    if exclusive && isOwed.read() == 1 {
      isOwed.write(0)
      setCurrentState(.running)
    }
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
    var foundOne = false
    for place in 0..<count {
      let cpu = line[place].read()
      if isExclusive[cpu].read() == 0 {
        wake(cpu)
      } else if !isSpent {
        isSpent = wake(cpu)
        foundOne = true
      } else {
        line[kept].write(cpu)
        kept += 1
      }
    }
    length.store(kept, ordering: .relaxed)
    if foundOne && !isSpent { isOwed.write(1) }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUpAll() {
    let flags = irqSave()
    lock.lock()
    let count = length.load(ordering: .relaxed)
    for place in 0..<count { wake(line[place].read()) }
    length.store(0, ordering: .relaxed)
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
