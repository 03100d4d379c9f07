// Design: Bitmaps: one of the waiters, one of the exclusive waiters, and for each CPU one of the CPUs queued before
// it; the oldest is found by recursion; the state is set before the lock is acquired, and a fence follows the release;
// a task that is awake leaves the queue.
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  // Bit n: CPU n is in line. Read without the lock, too.
  private let waiting = Atomic(0)
  /// Bit n: CPU n waits exclusively, if it is in line.
  private let exclusive = SharedCell(0)
  /// For each CPU, which of those in line stand before it.
  private let before: [SharedCell]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    before = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { waiting.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive isExclusive: Bool) {
    let cpu = currentCPU
    let bit = 1 << cpu
    setCurrentState(.sleeping, ordering: .relaxed)
    let flags = irqSave()
    lock.lock()
    let inLine = waiting.load(ordering: .relaxed)
    if inLine & bit == 0 {
      before[cpu].write(inLine)
      waiting.store(inLine | bit, ordering: .relaxed)
    }
    let others = exclusive.read() & ~bit
    exclusive.write(isExclusive ? others | bit : others)
    lock.unlock()
    fence(ordering: .sequentiallyConsistent)
    irqRestore(flags)
  }

  func finishWait() {
    let cpu = currentCPU
    let flags = irqSave()
    setCurrentState(.running, ordering: .relaxed)
    lock.lock()
    takeOut(cpu)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUp() {
    let flags = irqSave()
    lock.lock()
    let inLine = waiting.load(ordering: .relaxed)
    let choosy = inLine & exclusive.read()
    wakeEach(of: inLine & ~choosy)
    wakeOldest(of: choosy)
    lock.unlock()
    irqRestore(flags)
  }

  func wakeUpAll() {
    let flags = irqSave()
    lock.lock()
    wakeEach(of: waiting.load(ordering: .relaxed))
    lock.unlock()
    irqRestore(flags)
  }

  private func wakeEach(of set: Int) {
    guard set != 0 else { return }
    let cpu = set.trailingZeroBitCount
    wake(cpu)
    takeOut(cpu)
    wakeEach(of: set & (set - 1))
  }

  /// Wakes the one before whom none of the set stands, or, if that is awake, the oldest of the rest.
  private func wakeOldest(of set: Int) {
    guard let cpu = before.indices.first(where: { set >> $0 & 1 != 0 && before[$0].read() & set == 0 }) else { return }
    let woken = wake(cpu)
    takeOut(cpu)
    if !woken { wakeOldest(of: set & ~(1 << cpu)) }
  }

  /// Takes a CPU out of line, if it is in, and out of the memory of all others.
  private func takeOut(_ cpu: Int) {
    let bit = 1 << cpu
    let inLine = waiting.load(ordering: .relaxed)
    guard inLine & bit != 0 else { return }
    for other in before.indices { before[other].write(before[other].read() & ~bit) }
    waiting.store(inLine & ~bit, ordering: .relaxed)
  }
}
