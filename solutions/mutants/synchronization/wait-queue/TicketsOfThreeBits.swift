// Misconception: there are at most four CPUs, so eight ticket numbers are plenty, and the smallest is the oldest.
// Breaks: oldest-first in again
// Killed by: next-in-line
import Interleave
import LabKernel

struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// For each CPU its ticket, or `none` if it is not in line.
  private let ticket: [SharedCell]
  /// The ticket that the next who comes draws.
  private let next = SharedCell(0)
  /// How many are in line; it is read without the lock, too.
  private let length = Atomic(0)
  /// For each CPU, 1 if it waits exclusively.
  private let isExclusive: [SharedCell]
  private let none = -1

  init(cpus: Int, lock: any SpinLock) {
    self.lock = lock
    ticket = (0..<cpus).map { _ in SharedCell(-1) }
    isExclusive = (0..<cpus).map { _ in SharedCell(0) }
  }

  var isActive: Bool { length.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    locked {
      let cpu = currentCPU
      if ticket[cpu].read() == none {
        let mine = next.read()
        ticket[cpu].write(mine)
        next.write((mine + 1) & 7)
        length.store(length.load(ordering: .relaxed) + 1, ordering: .relaxed)
      }
      isExclusive[cpu].write(exclusive ? 1 : 0)
      setCurrentState(.sleeping)
    }
  }

  func finishWait() {
    setCurrentState(.running, ordering: .relaxed)
    locked {
      if ticket[currentCPU].read() != none { takeOut(currentCPU) }
    }
  }

  func wakeUp() {
    locked {
      var isSpent = false
      for cpu in inLine() {
        let exclusive = isExclusive[cpu].read() != 0
        if exclusive && isSpent { continue }
        let woken = wake(cpu)
        takeOut(cpu)
        if exclusive && woken { isSpent = true }
      }
    }
  }

  func wakeUpAll() {
    locked {
      for cpu in inLine() {
        wake(cpu)
        takeOut(cpu)
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

  /// The CPUs in line, oldest first.
  private func inLine() -> [Int] {
    ticket.indices.map { (cpu: $0, ticket: ticket[$0].read()) }
      .filter { $0.ticket != none }
      .sorted { $0.ticket < $1.ticket }
      .map(\.cpu)
  }

  private func takeOut(_ cpu: Int) {
    ticket[cpu].write(none)
    length.store(length.load(ordering: .relaxed) - 1, ordering: .relaxed)
  }
}
