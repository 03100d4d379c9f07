/// A wait queue: where tasks sleep until a condition that they wait for becomes true.
///
/// A waiter checks the condition itself, again after each wake-up, in this loop, which is Linux's `wait_event()`:
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
/// The waker first stores the new value, and only then calls ``wakeUp()`` or ``wakeUpAll()``. The queue knows nothing
/// about the condition. It promises that no wake-up is lost: either the check in the loop sees the store, or the
/// wake-up finds the task on the queue.
///
/// Each CPU runs one task, and so has one entry, named by the CPU's number. Everything that CPUs share is in `Atomic`s
/// and `SharedCell`s that `init` makes; nothing is `mutating`.
///
/// - Source: Linux, kernel/sched/wait.c; include/linux/wait.h, `___wait_event()`.
/// - Simplified: no time-outs, no signals, no wake functions; all sleep in one state.
public protocol WaitQueue {
  /// An empty queue.
  ///
  /// - Parameters:
  ///   - cpus: CPUs 0 up to, but not including, this one may use the queue.
  ///   - lock: a lock to protect the queue, used for nothing else.
  init(cpus: Int, lock: any SpinLock)

  /// Puts this CPU's entry on the queue, unless it is already there, and makes its task sleep at the next `park()`.
  ///
  /// Nothing that the caller does next is ordered before either: it is a full barrier, like `smp_mb()`.
  ///
  /// - Parameter exclusive: whether one wake-up needs to wake only one of the tasks that wait this way.
  func prepareToWait(exclusive: Bool)

  /// Makes this CPU's task running again, and takes its entry off the queue if it is still there.
  func finishWait()

  /// Wakes all non-exclusive waiters, and of the exclusive waiters the one that has waited longest: `wake_up()`.
  ///
  /// An exclusive waiter that was already awake does not count as woken.
  func wakeUp()

  /// Wakes all tasks on the queue: `wake_up_all()`.
  func wakeUpAll()

  /// Whether any task is on the queue, checked without the lock: `waitqueue_active()`.
  ///
  /// A waker that skips a wake-up because of it must have a full barrier between its store and this check.
  var isActive: Bool { get }
}
