// Misconception: the order matters only among exclusive waiters, so the numbers may start at 1 again when there are
// none left; but an ordinary waiter with a high number can become exclusive, and keeps its place.
// Breaks: oldest-first in several
// Killed by: oldest-first
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let next = Atomic(1)
  private let count = Atomic(0)
  /// For each CPU its number, 0 if it is not in line.
  private let number: [SharedCell]
  private let isExclusive: [SharedCell]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    number = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { count.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    let me = currentCPU
    let flags = enter()
    isExclusive[me].write(exclusive ? 1 : 0)
    if number[me].read() == 0 {
      let mine = next.load(ordering: .relaxed)
      number[me].write(mine)
      next.store(mine + 1, ordering: .relaxed)
      count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed)
    }
    setCurrentState(.sleeping)
    leave(flags)
  }

  func finishWait() {
    let flags = enter()
    setCurrentState(.running, ordering: .relaxed)
    remove(currentCPU)
    leave(flags)
  }

  func wakeUp() {
    let flags = enter()
    var isSpent = false
    for cpu in inOrder() {
      if isExclusive[cpu].read() == 0 {
        wake(cpu)
        remove(cpu)
      } else if !isSpent {
        isSpent = wake(cpu)
        remove(cpu)
      }
    }
    leave(flags)
  }

  func wakeUpAll() {
    let flags = enter()
    for cpu in inOrder() {
      wake(cpu)
      remove(cpu)
    }
    leave(flags)
  }

  private func inOrder() -> [Int] {
    number.indices
      .map { (cpu: $0, number: number[$0].read()) }
      .filter { $0.number != 0 }
      .sorted { $1.number > $0.number }
      .map(\.cpu)
  }

  private func remove(_ cpu: Int) {
    guard number[cpu].read() != 0 else { return }
    number[cpu].write(0)
    isExclusive[cpu].write(0)
    count.store(count.load(ordering: .relaxed) - 1, ordering: .relaxed)
    // Nobody left whose order counts: begin again.
    if isExclusive.allSatisfy({ $0.read() == 0 }) { next.store(1, ordering: .relaxed) }
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
