import Interleave
import LabKernel

/// Each waiting CPU has the number that it got when it came; of the exclusive waiters, the least number is next.
struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// 0 for a CPU that does not wait; else when it came, and negative if it waits exclusively.
  private let arrivals: [SharedCell]
  private let lastArrival = SharedCell(0)
  private let waiting = Atomic(0)

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    arrivals = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { waiting.load(ordering: .relaxed) > 0 }

  func prepareToWait(exclusive: Bool) {
    alone {
      var arrival = abs(arrivals[currentCPU].read())
      if arrival == 0 {
        arrival = lastArrival.read() + 1
        lastArrival.write(arrival)
        waiting.fetchAdd(1, ordering: .relaxed)
      }
      arrivals[currentCPU].write(exclusive ? -arrival : arrival)
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    alone { if arrivals[currentCPU].read() != 0 { leave(currentCPU) } }
  }

  func wakeUp() { wakeUp(atMost: 1) }
  func wakeUpAll() { wakeUp(atMost: arrivals.count) }

  private func wakeUp(atMost exclusive: Int) {
    alone {
      let all = arrivals.indices.map { (cpu: $0, arrival: arrivals[$0].read()) }.filter { $0.arrival != 0 }
      for one in all where one.arrival > 0 && wake(one.cpu) { leave(one.cpu) }
      var left = exclusive
      for one in all.filter({ $0.arrival < 0 }).sorted(by: { $0.arrival > $1.arrival }) where left > 0 {
        guard wake(one.cpu) else { continue }
        leave(one.cpu)
        left -= 1
      }
    }
  }

  private func leave(_ cpu: Int) {
    arrivals[cpu].write(0)
    waiting.fetchAdd(-1, ordering: .relaxed)
  }

  private func alone(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }
}
