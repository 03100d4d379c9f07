// Misconception: if wake() returns false there was no task left to wake, so the loop of wakeUpAll() may end.
// Breaks: wake-all in several
// Killed by: awake-in-line
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// The CPUs in line, oldest first.
  private let line: [SharedCell]
  /// How many of `line` are in use; it is read without the lock, too.
  private let length = Atomic(0)
  /// For each CPU, 1 if it waits exclusively.
  private let isExclusive: [SharedCell]

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    line = (0..<cpus).map { _ in SharedCell(0) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { length.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    locked {
      let cpu = currentCPU
      if position(of: cpu) == nil { append(cpu) }
      isExclusive[cpu].write(exclusive ? 1 : 0)
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
      while position < length.load(ordering: .relaxed) {
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
      var woken = true
      while woken && length.load(ordering: .relaxed) != 0 {
        woken = wake(line[0].read())
        remove(at: 0)
      }
    }
  }

  private func locked(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }

  private func position(of cpu: Int) -> Int? {
    (0..<length.load(ordering: .relaxed)).first { line[$0].read() == cpu }
  }

  private func append(_ cpu: Int) {
    let count = length.load(ordering: .relaxed)
    line[count].write(cpu)
    length.store(count + 1, ordering: .relaxed)
  }

  private func remove(at position: Int) {
    let count = length.load(ordering: .relaxed)
    for next in position + 1..<count { line[next - 1].write(line[next].read()) }
    length.store(count - 1, ordering: .relaxed)
  }
}
