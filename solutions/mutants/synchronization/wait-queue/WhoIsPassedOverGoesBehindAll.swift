// Misconception: a task that was found awake has had its turn and goes to the very end, with a number higher than all
// others; but it is still on the queue with that number when it prepares again, and so is behind all tasks that come
// after it.
// Breaks: oldest-first in again
// Killed by: awake-in-line
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// For each CPU the number that it drew when it came, 0 if it is not in line.
  private let number: [SharedCell]
  private let isExclusive: [SharedCell]
  private let next = SharedCell(1)
  private let count = Atomic(0)
  private let last = 1_000_000

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    number = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { count.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    locked {
      let cpu = currentCPU
      if number[cpu].read() == 0 {
        let mine = next.read()
        next.write(mine + 1)
        number[cpu].write(mine)
        count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed)
      }
      isExclusive[cpu].write(exclusive ? 1 : 0)
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    locked {
      setCurrentState(.running, ordering: .relaxed)
      remove(currentCPU)
    }
  }

  func wakeUp() {
    locked {
      var candidates: [(number: Int, cpu: Int)] = []
      for cpu in number.indices {
        let its = number[cpu].read()
        if its == 0 { continue }
        if isExclusive[cpu].read() == 1 {
          candidates.append((its, cpu))
        } else {
          wake(cpu)
          remove(cpu)
        }
      }
      candidates.sort { $0.number < $1.number }
      for candidate in candidates {
        if wake(candidate.cpu) {
          remove(candidate.cpu)
          break
        }
        // It was awake, and has had its turn.
        number[candidate.cpu].write(last)
      }
    }
  }

  func wakeUpAll() {
    locked {
      for cpu in number.indices where number[cpu].read() != 0 {
        wake(cpu)
        remove(cpu)
      }
    }
  }

  private func remove(_ cpu: Int) {
    if number[cpu].read() == 0 { return }
    number[cpu].write(0)
    count.store(count.load(ordering: .relaxed) - 1, ordering: .relaxed)
  }

  private func locked(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }
}
