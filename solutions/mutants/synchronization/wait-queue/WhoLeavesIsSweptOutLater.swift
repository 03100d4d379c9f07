// Misconception: finishWait() does not need the lock if it only marks the entry as dead and the next waker sweeps it
// out; but a task that comes back before the sweep finds its old entry on the queue and revives it where it is.
// Breaks: finish-leaves in again
// Killed by: oldest-first
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// The CPUs in line, oldest first, with some that have left since.
  private let line: [SharedCell]
  private let length = SharedCell(0)
  private let isExclusive: [SharedCell]
  /// For each CPU, 1 while it waits; an entry of one that does not is dead.
  private let waits: [Atomic]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
    waits = (0..<cpus).map { _ in Atomic(0) }
  }

  var isActive: Bool { waits.contains { $0.load(ordering: .relaxed) != 0 } }

  func prepareToWait(exclusive: Bool) {
    locked {
      let cpu = currentCPU
      let count = length.read()
      if !(0..<count).contains(where: { line[$0].read() == cpu }) {
        line[count].write(cpu)
        length.write(count + 1)
      }
      isExclusive[cpu].write(exclusive ? 1 : 0)
      waits[cpu].store(1, ordering: .relaxed)
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    waits[currentCPU].store(0, ordering: .relaxed)
  }

  func wakeUp() { wakeSome(exclusives: 1) }

  func wakeUpAll() { wakeSome(exclusives: line.count) }

  /// Goes along the line, wakes, and sweeps out the dead.
  private func wakeSome(exclusives: Int) {
    locked {
      var left = exclusives
      var kept = 0
      for place in 0..<length.read() {
        let cpu = line[place].read()
        if waits[cpu].load(ordering: .relaxed) == 0 { continue }
        var stays = false
        if isExclusive[cpu].read() == 0 {
          wake(cpu)
        } else if left > 0, wake(cpu) {
          left -= 1
        } else {
          stays = true
        }
        if stays {
          line[kept].write(cpu)
          kept += 1
        } else {
          waits[cpu].store(0, ordering: .relaxed)
        }
      }
      length.write(kept)
    }
  }

  private func locked(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }
}
