import Interleave
import LabKernel

/// A wait queue as a list of the CPUs that wait, oldest first, protected by a spin lock.
///
/// ```
///   line        2  0  .  .        CPU 2 has waited longest
///   length      2
///   isExclusive 0  0  1  .        CPU 2 waits exclusively, CPU 0 does not
/// ```
///
/// Invariants. `line` up to `length` has each CPU at most once. A task that sleeps, or is about to, is on the queue: it
/// announces this under the same lock. A task that is woken leaves the queue under the same lock, too, so the next
/// wake-up finds the next task even if the first has not run yet.
///
/// The lock is held with interrupts off, because wake-ups come from interrupt handlers.
///
/// - Source: Linux, kernel/sched/wait.c, `prepare_to_wait()`, `finish_wait()`, `__wake_up_common()`,
///   `autoremove_wake_function()`.
/// - Simplified: one entry per CPU, in an array; Linux has an entry on the stack of each task that waits.
struct ListWaitQueue: WaitQueue {
  private let lock: any SpinLock
  /// The CPUs on the queue, oldest first.
  private let line: [SharedCell]
  /// The number of entries of `line` in use; it is also read without the lock.
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
    // lab:begin put this CPU on the queue, unless it is there already; mark its task as asleep, with a full barrier
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
    // lab:begin mark this CPU's task as running, and take it off the queue if it is there
    setCurrentState(.running, ordering: .relaxed)
    locked {
      let waiting = waiting()
      if waiting.contains(currentCPU) { setLine(waiting.filter { $0 != currentCPU }) }
    }
    // lab:end
  }

  func wakeUp() {
    // lab:begin wake all tasks that do not wait exclusively, and the oldest exclusive waiter that was not awake
    wakeUp(exclusive: 1)
    // lab:end
  }

  func wakeUpAll() {
    // lab:begin wake every task on the queue
    wakeUp(exclusive: line.count)
    // lab:end
  }

  // lab:begin declare: Helpers of your own: holding the lock, reading and changing the queue
  /// Wakes all tasks that do not wait exclusively, and up to `count` of those that do.
  private func wakeUp(exclusive count: Int) {
    locked {
      var left = count
      var staying: [Int] = []
      let waiting = waiting()
      for cpu in waiting {
        let isExclusive = isExclusive[cpu].read() == 1
        // A task that was awake already checks for itself, and does not use up the wake-up.
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

  /// Returns the CPUs on the queue; the caller holds the lock.
  private func waiting() -> [Int] { line.prefix(length.load(ordering: .relaxed)).map { $0.read() } }

  /// Puts exactly these CPUs on the queue; the caller holds the lock.
  private func setLine(_ cpus: [Int]) {
    for (place, cpu) in cpus.enumerated() { line[place].write(cpu) }
    length.store(cpus.count, ordering: .relaxed)
  }
  // lab:end
}
