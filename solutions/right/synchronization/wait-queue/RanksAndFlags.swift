// Design: for each CPU its rank on the queue, or 0 if it is not on it; every change ranks all others again.
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let ranks: [Atomic]
  private let ways: Atomic
  private let cpus: Int

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    self.cpus = cpus
    ranks = (0..<cpus).map { _ in Atomic(0) }
    ways = Atomic(0)
  }

  var isActive: Bool {
    for rank in ranks where rank.load(ordering: .acquiring) != 0 { return true }
    return false
  }

  func prepareToWait(exclusive: Bool) {
    let flags = irqSave()
    lock.lock()
    let bit = 1 << currentCPU
    let before = ways.load(ordering: .relaxed)
    ways.store(exclusive ? before | bit : before & ~bit, ordering: .relaxed)
    if rank(currentCPU) == 0 {
      let last = (0..<cpus).map(rank).max() ?? 0
      ranks[currentCPU].store(last + 1, ordering: .releasing)
    }
    setCurrentState(.sleeping, ordering: .sequentiallyConsistent)
    lock.unlock()
    irqRestore(flags)
  }

  func finishWait() {
    let flags = irqSave()
    lock.lock()
    leave(currentCPU)
    setCurrentState(.running, ordering: .relaxed)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() { wake(isForAll: false) }

  func wakeUpAll() { wake(isForAll: true) }

  private func wake(isForAll: Bool) {
    let flags = irqSave()
    lock.lock()
    var place = 1
    var mayWake = true
    while let cpu = (0..<cpus).first(where: { rank($0) == place }) {
      let isExclusive = ways.load(ordering: .relaxed) >> cpu & 1 == 1
      let isMeant = isForAll || !isExclusive || mayWake
      if isMeant, Interleave.wake(cpu) {
        leave(cpu)
        if isExclusive { mayWake = false }
      } else {
        place += 1
      }
    }
    lock.unlock()
    irqRestore(flags)
  }

  private func rank(_ cpu: Int) -> Int { ranks[cpu].load(ordering: .relaxed) }

  private func leave(_ cpu: Int) {
    let left = rank(cpu)
    if left == 0 { return }
    ranks[cpu].store(0, ordering: .releasing)
    for other in 0..<cpus where rank(other) > left { ranks[other].store(rank(other) - 1, ordering: .releasing) }
  }
}
