// Misconception: a task that the wake-up has dealt with is no longer a waiter for isActive, not even an exclusive
// waiter that was awake and is left on the queue; but that task prepares again, is on the queue already, and so is not
// counted again.
// Breaks: is-active in again
// Killed by: awake-in-line
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// The CPUs in line, oldest first, and how many they are.
  private let line: [SharedCell]
  private let length: SharedCell
  private let isExclusive: [SharedCell]
  /// How many wait: for those who look without the lock.
  private let waiters = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    length = SharedCell(0)
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { waiters.load(ordering: .relaxed) > 0 }

  func prepareToWait(exclusive: Bool) {
    let flags = irqSave()
    lock.lock()
    let me = currentCPU
    let count = length.read()
    if !(0..<count).contains(where: { line[$0].read() == me }) {
      line[count].write(me)
      length.write(count + 1)
      addWaiters(1)
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
    let me = currentCPU
    let count = length.read()
    if let hole = (0..<count).first(where: { line[$0].read() == me }) {
      for place in hole..<(count - 1) { line[place].write(line[place + 1].read()) }
      length.write(count - 1)
      addWaiters(-1)
    }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() {
    let flags = irqSave()
    lock.lock()
    var kept = 0
    var done = 0
    var isSpent = false
    for place in 0..<length.read() {
      let cpu = line[place].read()
      var stays = false
      if isExclusive[cpu].read() == 0 {
        wake(cpu)
        done += 1
      } else if isSpent {
        stays = true
      } else {
        // Who is awake keeps its place: it is going to prepare again, or to finish.
        isSpent = wake(cpu)
        stays = !isSpent
        done += 1
      }
      if stays {
        line[kept].write(cpu)
        kept += 1
      }
    }
    length.write(kept)
    addWaiters(-done)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUpAll() {
    let flags = irqSave()
    lock.lock()
    for place in 0..<length.read() { wake(line[place].read()) }
    length.write(0)
    waiters.store(0, ordering: .relaxed)
    lock.unlock()
    irqRestore(flags)
  }

  private func addWaiters(_ number: Int) {
    waiters.store(max(0, waiters.load(ordering: .relaxed) + number), ordering: .relaxed)
  }
}
