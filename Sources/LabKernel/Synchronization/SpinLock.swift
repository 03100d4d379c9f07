/// A lock for which a CPU waits by looking again and again: at most one CPU holds it at a time.
///
/// ```swift
/// lock.lock()
/// count.write(count.read() + 1)
/// lock.unlock()
/// ```
///
/// It is for stretches of a few instructions: who waits does nothing else. A CPU that holds one does not sleep, and if
/// an interrupt handler takes the same lock, keeps interrupts off meanwhile; both is the caller's duty.
///
/// All that several CPUs must know of stands in `Atomic`s, which `init()` makes; a stored property of another
/// kind is one a CPU. So nothing here is `mutating`.
///
/// Order is part of the contract. To get the lock *acquires*: what follows does not begin before. To give it back
/// *releases*: what precedes is over, and seen by the next CPU that gets the lock.
///
/// - Source: Linux, include/linux/spinlock.h, `spin_lock()`, `spin_unlock()`, `spin_trylock()`.
/// - Simplified: it does not switch preemption off; nothing is preempted here.
public protocol SpinLock {
  /// A lock that nobody holds.
  init()

  /// Returns when this CPU has the lock.
  func lock()

  /// Gives the lock back; only the CPU that has it may do so.
  func unlock()

  /// Takes the lock if it can be had at once, and never waits.
  ///
  /// - Returns: whether this CPU has the lock now.
  func tryLock() -> Bool
}
