// Misconception: after the full barrier, the length that is read before the lock is acquired is good enough, because a
// task that comes later sees what the waker has stored; but tasks that come later are taken off the queue, too, and
// they may wait for something else.
// Breaks: no-wake-up-lost in two-wakers
// Killed by: two-wakers
import Interleave
import LabKernel

/// A line of CPU numbers, oldest first, under the lock.
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
    withLock {
      let me = currentCPU
      if place(of: me) == nil {
        let count = length.load(ordering: .relaxed)
        line[count].write(me)
        length.store(count + 1, ordering: .relaxed)
      }
      isExclusive[me].write(exclusive ? 1 : 0)
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    withLock {
      setCurrentState(.running, ordering: .relaxed)
      if let place = place(of: currentCPU) { remove(at: place) }
    }
  }

  func wakeUp() {
    withLock {
      var isSpent = false
      var place = 0
      while place < length.load(ordering: .relaxed) {
        let cpu = line[place].read()
        let exclusive = isExclusive[cpu].read() == 1
        if exclusive && isSpent {
          place += 1
          continue
        }
        remove(at: place)
        if wake(cpu) && exclusive { isSpent = true }
      }
    }
  }

  func wakeUpAll() {
    // What the caller has stored is seen by everybody who is not in line by now.
    fence(ordering: .sequentiallyConsistent)
    let count = length.load(ordering: .relaxed)
    if count == 0 { return }
    withLock {
      for place in 0..<count { wake(line[place].read()) }
      length.store(0, ordering: .relaxed)
    }
  }

  private func withLock(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }

  private func place(of cpu: Int) -> Int? {
    (0..<length.load(ordering: .relaxed)).first { line[$0].read() == cpu }
  }

  private func remove(at place: Int) {
    let count = length.load(ordering: .relaxed)
    for index in place..<(count - 1) { line[index].write(line[index + 1].read()) }
    length.store(count - 1, ordering: .relaxed)
  }
}
