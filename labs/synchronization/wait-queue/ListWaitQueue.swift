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
    todo("put this CPU on the queue, unless it is there already; mark its task as asleep, with a full barrier")
  }

  func finishWait() {
    todo("mark this CPU's task as running, and take it off the queue if it is there")
  }

  func wakeUp() {
    todo("wake all tasks that do not wait exclusively, and the oldest exclusive waiter that was not awake")
  }

  func wakeUpAll() {
    todo("wake every task on the queue")
  }

  // Helpers of your own: holding the lock, reading and changing the queue
}
