public import Interleave

/// Read-copy-update: readers that never wait, and updaters that wait until no reader can still see the old object.
///
/// An updater never changes an object that readers may be using. It makes a new object, makes a pointer point to it,
/// and frees the old one once every section that could have found it is over: after a *grace period*.
///
/// ```swift
/// rcu.readLock()
/// let object = rcu.dereference(pointer)
/// use(objects[object].read())            // stays what it is until readUnlock()
/// rcu.readUnlock()
///
/// objects[new].write(7)
/// rcu.publish(new, to: pointer)
/// rcu.synchronize()
/// objects[old].free()
/// ```
///
/// What it owes:
///
/// * a *read-side critical section*, or *section*, from the outermost ``readLock()`` to its ``readUnlock()``, never
///   waits;
/// * a CPU that dereferences a pointer sees everything that was done before the object was published;
/// * ``synchronize()`` returns when every section that had begun before it was called is over. Everything done in those
///   sections comes before what the caller does next; every section that is not waited for sees what the caller did
///   before;
/// * it does not wait for sections that begin while it waits;
/// * ``call(_:)`` never waits, and may be used within a section. A callback runs once, on the CPU that requested it,
///   after a grace period that began after the request, and after the callbacks that were requested before it.
///
/// - Source: Linux, include/linux/rcupdate.h, `rcu_read_lock()`, `rcu_assign_pointer()`, `rcu_dereference()`,
///   `synchronize_rcu()`, `call_rcu()`, `rcu_barrier()`; kernel/rcu/srcutree.c. McKenney and Slingwine, Read-copy
///   update: using execution history to solve concurrency problems, PDCS 1998.
/// - Simplified: callbacks run only in `barrier()`, not in a softirq; sections are not entered in interrupts; a pointer
///   is the number of an object; `dereference` acquires, where Linux relies on the address dependency.
public protocol ReadCopyUpdate {
  /// An RCU for CPUs 0 up to, but not including, `cpus`, none of them in a section.
  init(cpus: Int)

  /// Begins a section on this CPU, or goes one level deeper into it.
  func readLock()

  /// Ends a section on this CPU, or goes one level up.
  func readUnlock()

  /// Makes `pointer` point to `object`, which is complete: `rcu_assign_pointer()`.
  func publish(_ object: Int, to pointer: Atomic)

  /// Returns the object to which `pointer` points, for use within this section: `rcu_dereference()`.
  func dereference(_ pointer: Atomic) -> Int

  /// Waits for a grace period; never called in a section.
  func synchronize()

  /// Has `callback` run on this CPU after a grace period, and returns at once: `call_rcu()`.
  func call(_ callback: @escaping () -> Void)

  /// Waits until all callbacks that this CPU has requested have run; never called in a section: `rcu_barrier()`.
  ///
  /// This is where they run. A callback may request others; those run at the next call.
  func barrier()
}
