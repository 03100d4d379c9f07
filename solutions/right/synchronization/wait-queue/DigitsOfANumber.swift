// Design: the whole queue in one atomic number, one digit per entry: the CPU and how it waits; recursion walks along
// it.
import Interleave
import LabKernel

final class ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  private let digits = Atomic(0)

  required init(cpus: Int, lock: any SpinLock) { self.lock = lock }

  var isActive: Bool { digits.load(ordering: .relaxed) != 0 }

  func prepareToWait(exclusive: Bool) {
    change { set(Self.digit(currentCPU, exclusive), in: $0) }
  }

  func finishWait() {
    setCurrentState(.running)
    change(andSleep: false) { remove(currentCPU, from: $0) }
  }

  func wakeUp() { change(andSleep: false) { wake($0, exclusive: 1) } }

  func wakeUpAll() { change(andSleep: false) { wake($0, exclusive: 8) } }

  private static func digit(_ cpu: Int, _ exclusive: Bool) -> Int { cpu * 2 + (exclusive ? 1 : 0) + 1 }

  private func set(_ digit: Int, in line: Int) -> Int {
    if line == 0 { return digit }
    if (line % 16 - 1) / 2 == (digit - 1) / 2 { return line / 16 * 16 + digit }
    return line % 16 + 16 * set(digit, in: line / 16)
  }

  private func remove(_ cpu: Int, from line: Int) -> Int {
    if line == 0 { return 0 }
    if (line % 16 - 1) / 2 == cpu { return line / 16 }
    return line % 16 + 16 * remove(cpu, from: line / 16)
  }

  private func wake(_ line: Int, exclusive left: Int) -> Int {
    if line == 0 { return 0 }
    let (cpu, isExclusive) = ((line % 16 - 1) / 2, line % 2 == 0)
    if isExclusive && left == 0 || !Interleave.wake(cpu) { return line % 16 + 16 * wake(line / 16, exclusive: left) }
    return wake(line / 16, exclusive: isExclusive ? left - 1 : left)
  }

  private func change(andSleep: Bool = true, _ body: (Int) -> Int) {
    let flags = irqSave()
    lock.lock()
    let before = digits.load(ordering: .relaxed)
    let after = body(before)
    if after != before { digits.store(after, ordering: .relaxed) }
    if andSleep {
      setCurrentState(.sleeping, ordering: .relaxed)
      fence(ordering: .sequentiallyConsistent)
    }
    lock.unlock()
    irqRestore(flags)
  }
}
