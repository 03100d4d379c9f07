import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let inLine: [SharedCell]
  private let exclusive: [SharedCell]
  private let length = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    inLine = (0..<cpus).map { _ in SharedCell(0) }
    exclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { length.load(ordering: .relaxed) > 0 }

  func prepareToWait(exclusive isExclusive: Bool) {
    locked {
      if inLine[currentCPU].read() == 0 {
        let last = inLine.map { $0.read() }.max() ?? 0
        inLine[currentCPU].write(last + 1)
        length.fetchAdd(1, ordering: .relaxed)
      }
      exclusive[currentCPU].write(isExclusive ? 1 : 0)
    }
    // On the queue by now: time to sleep.
    setCurrentState(.sleeping)
  }

  func finishWait() {
    setCurrentState(.running)
    locked { if inLine[currentCPU].read() != 0 { remove(currentCPU) } }
  }

  func wakeUp() { wake(1) }
  func wakeUpAll() { wake(inLine.count) }

  private func wake(_ count: Int) {
    locked {
      var left = count
      let line = inLine.indices.filter { inLine[$0].read() != 0 }.sorted { inLine[$0].read() < inLine[$1].read() }
      for cpu in line {
        let isExclusive = exclusive[cpu].read() == 1
        if isExclusive && left == 0 { continue }
        Interleave.wake(cpu)
        remove(cpu)
        if isExclusive { left -= 1 }
      }
    }
  }

  private func remove(_ cpu: Int) {
    inLine[cpu].write(0)
    length.fetchAdd(-1, ordering: .relaxed)
  }

  private func locked(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }
}
