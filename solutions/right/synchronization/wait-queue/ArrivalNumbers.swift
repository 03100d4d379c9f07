// Design: no list: each CPU has the number of its arrival, or 0 if it is not on the queue; a wake-up sorts the
// numbers.
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let arrival: [Atomic]
  private let way: [SharedCell]
  private let arrivals = SharedCell(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    arrival = (0..<cpus).map { _ in Atomic(0) }
    way = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { arrival.contains { $0.load(ordering: .relaxed) != 0 } }

  func prepareToWait(exclusive: Bool) {
    withLock {
      way[currentCPU].write(exclusive ? 1 : 0)
      if arrival[currentCPU].load(ordering: .relaxed) == 0 {
        let number = arrivals.read() + 1
        arrivals.write(number)
        arrival[currentCPU].store(number, ordering: .relaxed)
      }
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    withLock {
      setCurrentState(.running)
      arrival[currentCPU].store(0, ordering: .relaxed)
    }
  }

  func wakeUp() {
    withLock {
      var isDone = false
      for cpu in line() {
        let isExclusive = way[cpu].read() != 0
        if isExclusive && isDone { continue }
        let wasAsleep = wake(cpu)
        // A task that is awake leaves the line, too.
        arrival[cpu].store(0, ordering: .relaxed)
        if wasAsleep && isExclusive { isDone = true }
      }
    }
  }

  func wakeUpAll() {
    withLock {
      for cpu in line() {
        arrival[cpu].store(0, ordering: .relaxed)
        wake(cpu)
      }
    }
  }

  private func line() -> [Int] {
    let numbers = arrival.map { $0.load(ordering: .relaxed) }
    return numbers.indices.filter { numbers[$0] > 0 }.sorted { numbers[$0] < numbers[$1] }
  }

  private func withLock(_ body: () -> Void) {
    let flags = irqSave()
    defer { irqRestore(flags) }
    lock.lock()
    defer { lock.unlock() }
    body()
  }
}
