// Misconception: the flag that isActive reads is only a hint, so it can be updated after the lock has been released.
// Breaks: is-active in second-cpu
// Killed by: coming-and-going, handlers, two-wakers
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// The CPUs in line, oldest first, and how many.
  private let line: [SharedCell]
  private let length = SharedCell(0)
  /// 1 if anybody is in line, for those who look without the lock.
  private let flag = Atomic(0)
  /// For each CPU, 1 if it waits exclusively.
  private let isExclusive: [SharedCell]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { flag.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    locked {
      let cpu = currentCPU
      if position(of: cpu) == nil { append(cpu) }
      isExclusive[cpu].write(exclusive ? 1 : 0)
      flag.store(1, ordering: .relaxed)
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    locked {
      if let position = position(of: currentCPU) { remove(at: position) }
    }
  }

  func wakeUp() {
    locked {
      var isSpent = false
      var position = 0
      while position < length.read() {
        let cpu = line[position].read()
        let exclusive = isExclusive[cpu].read() != 0
        if exclusive && isSpent {
          position += 1
          continue
        }
        let woken = wake(cpu)
        remove(at: position)
        if exclusive && woken { isSpent = true }
      }
    }
  }

  func wakeUpAll() {
    locked {
      for position in 0..<length.read() { wake(line[position].read()) }
      length.write(0)
    }
  }

  private func locked(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    let isEmpty = length.read() == 0
    lock.unlock()
    if isEmpty { flag.store(0, ordering: .relaxed) }
    irqRestore(flags)
  }

  private func position(of cpu: Int) -> Int? {
    (0..<length.read()).first { line[$0].read() == cpu }
  }

  private func append(_ cpu: Int) {
    line[length.read()].write(cpu)
    length.write(length.read() + 1)
  }

  private func remove(at position: Int) {
    let count = length.read()
    for next in position + 1..<count { line[next - 1].write(line[next].read()) }
    length.write(count - 1)
  }
}
