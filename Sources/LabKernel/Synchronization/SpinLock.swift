/// A lock for which a CPU waits by checking it again and again: at most one CPU holds it at a time.
///
/// ```swift
/// lock.lock()
/// count.write(count.read() + 1)
/// lock.unlock()
/// ```
///
/// It is for critical sections of a few instructions: a waiting CPU does nothing else. A CPU that holds one must not
/// sleep, and if an interrupt handler acquires the same lock, it must keep interrupts disabled; both are up to the
/// caller.
///
/// Everything that CPUs share is in `Atomic`s, which `init()` makes; a stored property of another kind exists once per
/// CPU. So nothing here is `mutating`.
///
/// Ordering is part of the contract. Locking *acquires*: what follows does not begin before it. Unlocking *releases*:
/// what precedes is over, and seen by the next CPU that gets the lock.
///
/// - Source: Linux, include/linux/spinlock.h, `spin_lock()`, `spin_unlock()`, `spin_trylock()`.
/// - Simplified: it does not disable preemption; nothing is preempted here.
public protocol SpinLock {
  /// A free lock.
  init()

  /// Acquires the lock; returns when this CPU holds it.
  func lock()

  /// Releases the lock; only the CPU that holds it may do so.
  func unlock()

  /// Acquires the lock if that is possible at once, and never waits.
  ///
  /// - Returns: whether this CPU holds the lock now.
  func tryLock() -> Bool
}
