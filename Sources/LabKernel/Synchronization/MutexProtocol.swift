/// A mutex: only its name, for what it holds is known to the protocol.
///
/// - Source: Linux, kernel/futex/, where a word in memory stands for the mutex.
public enum Mutex {}

/// A mutex, named by its row in the kernel's table.
public typealias MutexID = Handle<Mutex>

/// What becomes of a task that wants a mutex.
///
/// - Source: Linux, kernel/locking/rtmutex.c, `try_to_take_rt_mutex()` says 1 or 0.
public enum LockAnswer: String, Sendable, Codable, Equatable {
  /// The mutex is the caller's.
  case acquired
  /// The caller sleeps, until the mutex is handed to it or its time is up.
  case wait
}

/// The protocol of a machine's mutexes: who gets one next, and how urgent its owner is meanwhile.
///
/// One value stands for all mutexes together, because a task that owns one may be waiting for another. All
/// are free at first. The value puts nobody to sleep and wakes nobody: its answers say who has to.
///
/// ```swift
/// var mutexes = PlainMutex()
/// try mutexes.lock(bus, by: low, in: &entities)        // .acquired
/// try mutexes.lock(bus, by: high, in: &entities)       // .wait
/// try mutexes.unlock(bus, by: low, in: &entities)      // high: it is the owner now, and is woken
/// ```
/// How urgent a task is stands in its entity: `entities[task].normalPriority` is what it asked for, and
/// `entities[task].priority` is what the scheduler goes by. On both, *less is more urgent*. A protocol changes
/// the second with ``EntityTable/setPriority(of:to:)``, and nothing else of a task.
///
/// A task that waits makes no calls.
///
/// - Source: Linux, kernel/locking/rtmutex.c; POSIX, pthread_mutexattr_setprotocol(3).
/// - Simplified: unlocking hands the mutex over. In Linux it wakes a waiter that then has to take it, so that a more
///   urgent task can be quicker ("lock stealing").
public protocol MutexProtocol: Sendable {
  /// All mutexes free.
  init()

  /// `task` wants `mutex`, which may be free, another's, or its own already.
  ///
  /// - Throws: `EDEADLK` where it could wait for ever; then nothing has changed.
  /// - Source: `task_blocks_on_rt_mutex()`.
  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer

  /// `task` gives `mutex` back.
  ///
  /// - Returns: the new owner, out of those that wait; nil where nobody does, and the mutex is free.
  /// - Throws: `EPERM` where `task` is not the owner; then nothing has changed.
  /// - Source: `rt_mutex_slowunlock()` and `mark_wakeup_next_waiter()`.
  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID?

  /// `task` waits for `mutex` no longer: its time is up.
  ///
  /// - Source: `remove_waiter()`.
  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable)

  /// The normal priority of `task` is another now; its priority is still the old one, and has to be set.
  ///
  /// The task may own mutexes, wait for one, both, or neither.
  /// - Source: `rt_mutex_adjust_pi()`.
  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable)

  /// Who has `mutex`, or nil where it is free.
  ///
  /// - Source: `rt_mutex_owner()`.
  func owner(of mutex: MutexID) -> TaskID?
}
