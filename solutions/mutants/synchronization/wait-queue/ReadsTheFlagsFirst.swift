// Misconception: the flags of all CPUs are one word, which each CPU changes by a load and a store; the load may come
// before the lock, because a CPU changes only its own bit; but another CPU's bit may have changed meanwhile, and its
// old value is stored again.
// Breaks: as-now in several
// Killed by: mixed-waiters
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let line: [SharedCell]
  private let length = Atomic(0)
  /// Bit n: CPU n waits exclusively.
  private let exclusives = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { length.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    let bit = 1 << currentCPU
    let flags = irqSave()
    let others = exclusives.load(ordering: .relaxed) & ~bit
    lock.lock()
    let count = length.load(ordering: .relaxed)
    if !(0..<count).contains(where: { line[$0].read() == currentCPU }) {
      line[count].write(currentCPU)
      length.store(count + 1, ordering: .relaxed)
    }
    exclusives.store(exclusive ? others | bit : others, ordering: .relaxed)
    setCurrentState(.sleeping)
    lock.unlock()
    irqRestore(flags)
  }

  func finishWait() {
    let flags = irqSave()
    lock.lock()
    setCurrentState(.running)
    sweep { $0 == currentCPU }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() {
    let flags = irqSave()
    lock.lock()
    var isSpent = false
    sweep { cpu in
      let exclusive = exclusives.load(ordering: .relaxed) & (1 << cpu) != 0
      if exclusive && isSpent { return false }
      let slept = wake(cpu)
      isSpent = isSpent || exclusive && slept
      return true
    }
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUpAll() {
    let flags = irqSave()
    lock.lock()
    sweep { cpu in
      wake(cpu)
      return true
    }
    lock.unlock()
    irqRestore(flags)
  }

  /// Takes out all for which `leaves` says so; the others close up.
  private func sweep(_ leaves: (Int) -> Bool) {
    let count = length.load(ordering: .relaxed)
    var kept = 0
    for place in 0..<count {
      let cpu = line[place].read()
      if leaves(cpu) { continue }
      line[kept].write(cpu)
      kept += 1
    }
    length.store(kept, ordering: .relaxed)
  }
}
