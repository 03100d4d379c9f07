/// A wait queue, named by its row in the kernel's table of them; `none` for tasks that only wait for time to pass.
package typealias WaitQueueID = Handle<WaitQueueHead>

/// What a wait queue belongs to: for pictures and reports, and for the mutex protocol, which orders its waiters itself.
///
/// - Source: Linux shows it in `/proc/PID/wchan`, as the function in which a task sleeps.
public enum WaitQueueOwner: Sendable, Equatable {
  /// The task that waits for one of its children: this one.
  case children(of: TaskID)
  /// The tasks that wait for something to read, or for room to write, in a pipe.
  case pipe(PipeID, PipeEnd)
  /// The tasks that wait for a mutex; the mutex protocol decides which of them gets it next.
  case mutex(MutexID)
  /// The tasks that sleep on the word at an address of their memory.
  case futex(address: Int)
}

/// A wait queue: the tasks that sleep until one thing happens, in order of arrival.
///
/// ```swift
/// return .sleep(on: pipe.readers)          // a handler: the caller sleeps, and the call is made again
/// wakeUp(pipe.readers)                     // the task that makes it happen
/// ```
/// The links are in the rows of the tasks, so sleeping and waking allocate nothing. A task sleeps on at most one queue.
///
/// Invariant: a task is on the queue that its row names, and no other; it is on none unless it sleeps.
///
/// - Complexity: O(1) to enter and to leave.
/// - Source: Linux, include/linux/wait.h, `struct wait_queue_head`.
/// - Simplified: no exclusive waiters.
package struct WaitQueueHead: Sendable {
  /// What it belongs to.
  let owner: WaitQueueOwner
  /// The task that came first; idle if none waits.
  var first = TaskID.idle
  /// The task that came last; idle if none waits.
  var last = TaskID.idle
}

/// What ended a sleep.
///
/// - Source: Linux, kernel/sched/wait.c, `prepare_to_wait_event()`; kernel/time/sleep_timeout.c, `schedule_timeout()`.
package enum WakeReason: Sendable, Equatable {
  /// What the task waited for has happened, or may have happened.
  case event
  /// Its time was up.
  case timeout
  /// A signal.
  case signal
}

/// One task's sleep.
///
/// - Source: Linux, include/linux/wait.h, `struct wait_queue_entry`.
struct Sleep: Sendable, Equatable {
  /// The queue on which the task waits.
  var queue = WaitQueueID.none
  /// The task behind it in the queue, or idle for none.
  var next = TaskID.idle
  /// The task before it in the queue, or idle for none.
  var previous = TaskID.idle
  /// Which sleep this is, so that the timer of an earlier one is ignored.
  var number: UInt32 = 0
}
