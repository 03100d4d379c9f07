import LabKernel

/// Mutexes whose owners are as urgent as the most urgent task that waits for them, through any number of mutexes.
///
/// ```
///   H 70 --waits for--> m1 --owned by--> M 50 --waits for--> m0 --owned by--> L 30
///   so M and L are at 70, and M is the first of those that wait for m0
/// ```
///
/// Invariants: a task is as urgent as the most urgent of itself, by its normal priority, and all that wait for mutexes
/// that it owns. Those that wait for a mutex are in the order of their priorities, and equals in the order in which
/// they came to theirs. No chain of owners leads back to where it began.
///
/// - Complexity: O(chain * (mutexes + waiters)).
/// - Source: Linux, kernel/locking/rtmutex.c, `rt_mutex_adjust_prio_chain()`.
/// - Simplified: Linux keeps waiters in red-black trees, and walks the chain one locked step at a time, so that it must
///   look at each step whether the world is still the same.
struct PriorityInheritance: MutexProtocol {
  // who owns each mutex, who waits for it, and for which mutex a task waits

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    todo("take the mutex if it is free; refuse who would wait for itself; else wait, and make the owner hurry")
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    todo("hand the mutex to the first of those that wait; the old owner keeps only what it inherits by other mutexes")
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    todo("the task waits no longer: who was urgent because of it is so no longer")
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    todo("set the priority of the task anew, and of all those whose priorities follow from it")
  }

  func owner(of mutex: MutexID) -> TaskID? {
    todo("say who has the mutex; it may be one that nobody has asked for yet")
  }

  // the walk along the chain: a task, the mutex it waits for, its owner, the mutex that one waits for
}
