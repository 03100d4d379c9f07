/// A wait queue: where tasks sleep until something that they wait for has come true.
///
/// Who waits looks for itself, again after each wake-up, and this is the loop around it, the `wait_event()` of Linux:
///
/// ```swift
/// while true {
///   queue.prepareToWait(exclusive: false)
///   if ready.load(ordering: .relaxed) != 0 { break }
///   park()
/// }
/// queue.finishWait()
/// ```
///
/// Who makes it true stores that first, and then calls ``wakeUp()`` or ``wakeUpAll()``. The queue knows nothing of
/// what is waited for. It promises that no wake-up is lost: either the store is seen by the look in the loop, or the
/// wake-up finds the task in the queue.
///
/// Each CPU runs one task, and so has one entry, named by the CPU's number. What several CPUs use stands in
/// `Atomic`s and `SharedCell`s that `init` makes; nothing is `mutating`.
///
/// - Source: Linux, kernel/sched/wait.c; include/linux/wait.h, `___wait_event()`.
/// - Simplified: no time-outs, no signals, no wake functions; all sleep in one state.
public protocol WaitQueue {
  /// A queue in which nobody waits.
  ///
  /// - Parameters:
  ///   - cpus: CPUs 0 up to this one, not included, may come.
  ///   - lock: a lock that nobody else uses, to protect the queue.
  init(cpus: Int, lock: any SpinLock)

  /// Puts this CPU's entry in line, unless it is in already, and makes its task sleep at the next `park()`.
  ///
  /// Nothing that the caller does next is ordered before either: it is a full barrier, like `smp_mb()`.
  ///
  /// - Parameter exclusive: whether one wake-up is enough for all that wait so.
  func prepareToWait(exclusive: Bool)

  /// Makes this CPU's task run on, and takes its entry out of line if it is still in.
  func finishWait()

  /// Wakes all that do not wait exclusively, and of those that do, the one that has waited longest: `wake_up()`.
  ///
  /// An exclusive waiter that was awake already does not count as woken.
  func wakeUp()

  /// Wakes everybody in line: `wake_up_all()`.
  func wakeUpAll()

  /// Whether anybody is in line, looked up without the lock: `waitqueue_active()`.
  ///
  /// Who skips a wake-up because of it must have a full barrier between what it stored and this look.
  var isActive: Bool { get }
}
