import LabKernel

/// Mutexes whose owners are at least as urgent as their most urgent waiter, through any number of mutexes.
///
/// ```
///   H 70 --waits for--> m1 --owned by--> M 50 --waits for--> m0 --owned by--> L 30
///   so M and L are at 70, and M is the first waiter of m0
/// ```
///
/// Invariants. The priority of a task is its normal priority, or that of the most urgent waiter of its mutexes if that
/// is more urgent. The waiters of a mutex are in the order of their priorities, and equals in the order in which they
/// came to theirs. No chain of owners leads back to where it began.
///
/// - Complexity: O(chain * (mutexes + waiters)).
/// - Source: Linux, kernel/locking/rtmutex.c, `rt_mutex_adjust_prio_chain()`.
/// - Simplified: Linux keeps waiters in red-black trees, and walks the chain one locked step at a time, so it must
///   check at each step whether the chain has changed.
struct PriorityInheritance: MutexProtocol {
  // the owner and the waiters of each mutex, and the mutex that each task waits for

  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    todo("acquire the mutex if it is free; refuse to let a task wait for itself; else wait, and boost the owner")
  }

  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    todo("hand the mutex to its first waiter; the old owner keeps only what it inherits through other mutexes")
  }

  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {
    todo("the task no longer waits, and no owner inherits its priority any longer")
  }

  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    todo("set the priority of the task again, and of all those whose priorities follow from it")
  }

  func owner(of mutex: MutexID) -> TaskID? {
    todo("return the owner of the mutex, which may be one that no task has asked for yet")
  }

  // the walk along the chain: a task, the mutex it waits for, its owner, the next mutex, and so on
}
