import Interleave
import LabKernel

/// A wait queue as a list of those who wait, oldest first, under a spin lock.
///
/// ```
///   line        2  0  .  .        CPU 2 has waited longest
///   length      2
///   isExclusive 0  0  1  .        CPU 2 waits exclusively, CPU 0 does not
/// ```
///
/// Invariants. `line` up to `length` has each CPU at most once. A task that sleeps, or is going to, is in line: it says
/// so under the same lock. Who is woken is taken out in the same moment, so that the next wake-up finds the next one,
/// also if the first has not run yet.
///
/// The lock is held with interrupts off, because wake-ups come from interrupt handlers.
///
/// - Source: Linux, kernel/sched/wait.c, `prepare_to_wait()`, `finish_wait()`, `__wake_up_common()`,
///   `autoremove_wake_function()`.
/// - Simplified: one entry a CPU, in an array; Linux has an entry on the stack of each task that waits.
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
    // lab:begin put this CPU in line, if it is not; say that its task sleeps; a full barrier
    locked {
      isExclusive[currentCPU].write(exclusive ? 1 : 0)
      let waiting = waiting()
      if !waiting.contains(currentCPU) { setLine(waiting + [currentCPU]) }
      // With the full barrier that the caller's look at its condition needs.
      setCurrentState(.sleeping)
    }
    // lab:end
  }

  func finishWait() {
    // lab:begin say that this CPU's task runs, and take it out of line, if it is in
    setCurrentState(.running, ordering: .relaxed)
    locked {
      let waiting = waiting()
      if waiting.contains(currentCPU) { setLine(waiting.filter { $0 != currentCPU }) }
    }
    // lab:end
  }

  func wakeUp() {
    // lab:begin wake all that wait non-exclusively, and the oldest exclusive one that was not awake
    wakeUp(exclusive: 1)
    // lab:end
  }

  func wakeUpAll() {
    // lab:begin wake everybody in line
    wakeUp(exclusive: line.count)
    // lab:end
  }

  // lab:begin declare: Helpers of your own: holding the lock, reading and changing the line
  /// Wakes all that do not wait exclusively, and up to a number of those that do.
  private func wakeUp(exclusive count: Int) {
    locked {
      var left = count
      var staying: [Int] = []
      let waiting = waiting()
      for cpu in waiting {
        let isExclusive = isExclusive[cpu].read() == 1
        // Who was awake already looks for itself, and does not use the wake-up up.
        if isExclusive && left == 0 || !wake(cpu) {
          staying.append(cpu)
        } else if isExclusive {
          left -= 1
        }
      }
      if staying.count < waiting.count { setLine(staying) }
    }
  }

  private func locked(_ body: () -> Void) {
    let flags = irqSave()
    lock.lock()
    body()
    lock.unlock()
    irqRestore(flags)
  }

  /// Those in line; the lock is held.
  private func waiting() -> [Int] { line.prefix(length.load(ordering: .relaxed)).map { $0.read() } }

  /// Makes these the ones in line; the lock is held.
  private func setLine(_ cpus: [Int]) {
    for (place, cpu) in cpus.enumerated() { line[place].write(cpu) }
    length.store(cpus.count, ordering: .relaxed)
  }
  // lab:end
}
