// Misconception: when the exclusive waiter has been woken and no other task can be woken, there is nothing left to do
// but to release the lock; the flags are forgotten on this way out only.
// Breaks: interrupts-kept in exclusive
// Killed by: interrupts-stay-off
import Interleave
import LabKernel

/// A line of CPU numbers, oldest first.
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
    let flags = irqSave()
    lock.lock()
    setCurrentState(.running, ordering: .relaxed)
    if let place = place(of: currentCPU, length.load(ordering: .relaxed)) { remove(at: place) }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() {
    let flags = irqSave()
    lock.lock()
    var isSpent = false
    var place = 0
    while place < length.load(ordering: .relaxed) {
      let cpu = line[place].read()
      let exclusive = isExclusive[cpu].read() == 1
      if exclusive && isSpent {
        if !hasOthers(from: place) {
          // Only exclusive ones from here on: they sleep on.
          lock.unlock()
          return
        }
        place += 1
        continue
      }
      remove(at: place)
      if wake(cpu) && exclusive { isSpent = true }
    }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUpAll() {
    let flags = irqSave()
    lock.lock()
    for place in 0..<length.load(ordering: .relaxed) { wake(line[place].read()) }
    length.store(0, ordering: .relaxed)
    lock.unlock()
    irqRestore(flags)
  }

  /// Whether one at `place` or behind does not wait exclusively.
  private func hasOthers(from place: Int) -> Bool {
    (place..<length.load(ordering: .relaxed)).contains { isExclusive[line[$0].read()].read() == 0 }
  }

  private func place(of cpu: Int, _ count: Int) -> Int? {
    (0..<count).first { line[$0].read() == cpu }
  }

  private func remove(at place: Int) {
    let count = length.load(ordering: .relaxed)
    for index in place..<(count - 1) { line[index].write(line[index + 1].read()) }
    length.store(count - 1, ordering: .relaxed)
  }
}
