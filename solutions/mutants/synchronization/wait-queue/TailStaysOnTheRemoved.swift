// Misconception: to unlink an entry it is enough to make the entry before it point to the entry after it; finishWait()
// forgets that the queue also remembers its last entry, which may be this one.
// Breaks: finish-leaves in several
// Killed by: awake-in-line, next-in-line
import Interleave
import LabKernel

/// A list of those who wait, linked from the oldest to the newest.
struct ListWaitQueue: WaitQueue {
  private static let none = -1

  private let lock: any SpinLock
  /// The oldest.
  private let head = Atomic(ListWaitQueue.none)
  /// The newest, if there is any.
  private let tail = SharedCell(ListWaitQueue.none)
  /// Of each CPU in line the one that came next.
  private let next: [SharedCell]
  /// A bit for each CPU that waits exclusively.
  private let exclusives = SharedCell(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    next = (0..<cpus).map { _ in SharedCell(ListWaitQueue.none) }
  }

  var isActive: Bool { head.load(ordering: .relaxed) != Self.none }

  func prepareToWait(exclusive: Bool) {
    let flags = irqSave()
    lock.lock()
    let me = currentCPU
    if !isInLine(me) { append(me) }
    let others = exclusives.read() & ~(1 << me)
    exclusives.write(exclusive ? others | 1 << me : others)
    setCurrentState(.sleeping)
    lock.unlock()
    irqRestore(flags)
  }

  func finishWait() {
    let flags = irqSave()
    lock.lock()
    setCurrentState(.running, ordering: .relaxed)
    let me = currentCPU
    if isInLine(me) {
      var previous = head.load(ordering: .relaxed)
      if previous == me {
        head.store(next[me].read(), ordering: .relaxed)
      } else {
        while next[previous].read() != me { previous = next[previous].read() }
        next[previous].write(next[me].read())
      }
    }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() { wakeList(exclusive: 1) }

  func wakeUpAll() { wakeList(exclusive: Int.max) }

  /// Wakes, and links anew those who stay.
  private func wakeList(exclusive limit: Int) {
    let flags = irqSave()
    lock.lock()
    var left = limit
    var last = Self.none
    var cpu = head.load(ordering: .relaxed)
    while cpu != Self.none {
      let following = next[cpu].read()
      let isExclusive = exclusives.read() >> cpu & 1 == 1
      if isExclusive && left == 0 {
        last = cpu
      } else {
        if last == Self.none {
          head.store(following, ordering: .relaxed)
        } else {
          next[last].write(following)
        }
        if wake(cpu) && isExclusive { left -= 1 }
      }
      cpu = following
    }
    tail.write(last)
    lock.unlock()
    irqRestore(flags)
  }

  private func isInLine(_ wanted: Int) -> Bool {
    var cpu = head.load(ordering: .relaxed)
    while cpu != Self.none && cpu != wanted { cpu = next[cpu].read() }
    return cpu == wanted
  }

  private func append(_ cpu: Int) {
    if head.load(ordering: .relaxed) == Self.none {
      head.store(cpu, ordering: .relaxed)
    } else {
      next[tail.read()].write(cpu)
    }
    next[cpu].write(Self.none)
    tail.write(cpu)
  }
}
