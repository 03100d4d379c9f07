/// A mutex: only its name, because its state is known to the protocol alone.
///
/// - Source: Linux, kernel/futex/, where a word in memory stands for the mutex.
public enum Mutex {}

/// A mutex, named by its row in the kernel's table.
public typealias MutexID = Handle<Mutex>

/// What happens to a task that wants a mutex.
///
/// - Source: Linux, kernel/locking/rtmutex.c, `try_to_take_rt_mutex()` returns 1 or 0.
public enum LockAnswer: String, Sendable, Codable, Equatable {
  /// The mutex is the caller's.
  case acquired
  /// The caller sleeps, until the mutex is handed to it or its time is up.
  case wait
}

/// The protocol of a machine's mutexes: which task gets one next, and how urgent its owner is in the meantime.
///
/// One value stands for all mutexes together, because a task that owns one may be waiting for another. All are free at
/// first. The value does not put tasks to sleep or wake them: its answers say which tasks must sleep or wake up.
///
/// ```swift
/// var mutexes = PlainMutex()
/// try mutexes.lock(bus, by: low, in: &entities)        // .acquired
/// try mutexes.lock(bus, by: high, in: &entities)       // .wait
/// try mutexes.unlock(bus, by: low, in: &entities)      // high: it is the owner now, and is woken
/// ```
/// The entity of a task says how urgent it is: `entities[task].normalPriority` is what it asked for, and
/// `entities[task].priority` is what the scheduler uses. For both, *less is more urgent*. A protocol changes the second
/// with ``EntityTable/setPriority(of:to:)``, and nothing else about a task.
///
/// A waiting task makes no calls.
///
/// - Source: Linux, kernel/locking/rtmutex.c; POSIX, pthread_mutexattr_setprotocol(3).
/// - Simplified: unlocking hands the mutex over. In Linux it wakes a waiter that then has to acquire it, so a more
///   urgent task can get there first ("lock stealing").
public protocol MutexProtocol: Sendable {
  /// All mutexes free.
  init()

  /// Acquires `mutex` for `task`, or makes the task wait; the mutex may be free, another task's, or already its own.
  ///
  /// - Throws: `EDEADLK` if it could wait forever; then nothing has changed.
  /// - Source: `task_blocks_on_rt_mutex()`.
  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer

  /// Releases `mutex`, which `task` must own.
  ///
  /// - Returns: the new owner, which is one of the waiters; nil if there are none, and the mutex is free.
  /// - Throws: `EPERM` if `task` is not the owner; then nothing has changed.
  /// - Source: `rt_mutex_slowunlock()` and `mark_wakeup_next_waiter()`.
  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID?

  /// Ends the wait of `task` for `mutex`: its time is up, or a signal has arrived.
  ///
  /// - Source: `remove_waiter()`.
  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable)

  /// Reacts to a change of the normal priority of `task`, whose priority is still the old one, and has to be set.
  ///
  /// The task may own mutexes, wait for one, both, or neither.
  /// - Source: `rt_mutex_adjust_pi()`.
  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable)

  /// The owner of `mutex`, or nil if it is free.
  ///
  /// - Source: `rt_mutex_owner()`.
  func owner(of mutex: MutexID) -> TaskID?
}
