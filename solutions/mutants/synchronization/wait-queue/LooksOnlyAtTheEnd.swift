// Misconception: a task that is still on the queue when it prepares again has come just before, so it is enough to
// check whether it is the last; but another task may have come between, and then it is on the queue twice.
// Breaks: keeps-its-place in several
// Killed by: awake-in-line, next-in-line
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// The line in one word: 4 bits an entry, the oldest lowest; an entry is the CPU and one more, so 0 is the end.
  private let line = Atomic(0)
  /// Bit n: CPU n waits exclusively.
  private let exclusives = Atomic(0)

  init(cpus: Int, lock: any SpinLock) { self.lock = lock }

  var isActive: Bool { line.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    let me = currentCPU
    let flags = irqSave()
    lock.lock()
    let others = exclusives.load(ordering: .relaxed) & ~(1 << me)
    exclusives.store(others | (exclusive ? 1 << me : 0), ordering: .relaxed)
    var cpus = unpack(line.load(ordering: .relaxed))
    if cpus.last != me {
      cpus.append(me)
      line.store(pack(cpus), ordering: .relaxed)
    }
    setCurrentState(.sleeping)
    lock.unlock()
    irqRestore(flags)
  }

  func finishWait() {
    let me = currentCPU
    let flags = irqSave()
    lock.lock()
    setCurrentState(.running)
    let cpus = unpack(line.load(ordering: .relaxed))
    line.store(pack(cpus.filter { $0 != me }), ordering: .relaxed)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() {
    let flags = irqSave()
    lock.lock()
    let exclusives = exclusives.load(ordering: .relaxed)
    var isSpent = false
    var staying: [Int] = []
    for cpu in unpack(line.load(ordering: .relaxed)) {
      let exclusive = exclusives >> cpu & 1 != 0
      if exclusive && isSpent {
        staying.append(cpu)
      } else if wake(cpu) && exclusive {
        isSpent = true
      }
    }
    line.store(pack(staying), ordering: .relaxed)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUpAll() {
    let flags = irqSave()
    lock.lock()
    for cpu in unpack(line.load(ordering: .relaxed)) { wake(cpu) }
    line.store(0, ordering: .relaxed)
    lock.unlock()
    irqRestore(flags)
  }

  private func unpack(_ word: Int) -> [Int] {
    var word = word
    var cpus: [Int] = []
    while word != 0 {
      cpus.append(word & 15 - 1)
      word >>= 4
    }
    return cpus
  }

  private func pack(_ cpus: [Int]) -> Int {
    cpus.reversed().reduce(0) { $0 << 4 | ($1 + 1) }
  }
}
