// Misconception: there are at most as many entries as CPUs, so a ring of that many slots cannot overflow; but entries
// that leave from the middle leave holes, and the ring is as long as from the oldest entry to the newest, holes
// included.
// Breaks: finish-leaves in again
// Killed by: next-in-line
import Interleave
import LabKernel

/// A ring: those in line stand between `head` and `tail`, and who leaves from the middle leaves a hole.
struct ListWaitQueue: WaitQueue {
  private static let hole = -1

  private let lock: any SpinLock
  /// Of each slot, twice the CPU, and 1 more if it waits exclusively.
  private let slots: [SharedCell]
  private let head = SharedCell(0)
  private let tail = SharedCell(0)
  /// How many are in line, without the holes.
  private let count = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    slots = (0..<cpus).map { _ in SharedCell(ListWaitQueue.hole) }
  }

  var isActive: Bool { count.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    let flags = enter()
    let entry = 2 * currentCPU + (exclusive ? 1 : 0)
    if let number = number(of: currentCPU) {
      slot(number).write(entry)
    } else {
      let number = tail.read()
      slot(number).write(entry)
      tail.write(number + 1)
      count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed)
    }
    setCurrentState(.sleeping)
    leave(flags)
  }

  func finishWait() {
    let flags = enter()
    setCurrentState(.running, ordering: .relaxed)
    if let number = number(of: currentCPU) {
      takeOut(number)
      closeUp()
    }
    leave(flags)
  }

  func wakeUp() { wakeSome(exclusively: 1) }

  func wakeUpAll() { wakeSome(exclusively: Int.max) }

  private func wakeSome(exclusively limit: Int) {
    let flags = enter()
    var left = limit
    for number in head.read()..<tail.read() {
      let entry = slot(number).read()
      if entry == Self.hole { continue }
      let isExclusive = entry % 2 == 1
      if isExclusive && left == 0 { continue }
      takeOut(number)
      if wake(entry / 2) && isExclusive { left -= 1 }
    }
    closeUp()
    leave(flags)
  }

  private func slot(_ number: Int) -> SharedCell { slots[number % slots.count] }

  private func number(of cpu: Int) -> Int? {
    (head.read()..<tail.read()).first {
      let entry = slot($0).read()
      return entry != Self.hole && entry / 2 == cpu
    }
  }

  private func takeOut(_ number: Int) {
    slot(number).write(Self.hole)
    count.store(count.load(ordering: .relaxed) - 1, ordering: .relaxed)
  }

  /// Holes in front are given back.
  private func closeUp() {
    var first = head.read()
    while first < tail.read() && slot(first).read() == Self.hole { first += 1 }
    head.write(first)
  }

  private func enter() -> Int {
    let flags = irqSave()
    lock.lock()
    return flags
  }

  private func leave(_ flags: Int) {
    lock.unlock()
    irqRestore(flags)
  }
}
