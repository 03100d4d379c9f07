public import Interleave

/// Read-copy-update: readers that wait for nobody, and updaters that wait until no reader can still see what was there.
///
/// An updater never changes what readers may be looking at. It makes a new object, lets a pointer point to it, and frees
/// the old one when all are over that could have found it: after a *grace period*.
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
/// * a *section*, from the outermost ``readLock()`` to its ``readUnlock()``, waits for nobody;
/// * whoever dereferences a pointer sees all that was done before the object was published;
/// * ``synchronize()`` returns when every section that had begun before it was called is over. All that was done in those
///   sections comes before what the caller does next; whatever section is not waited for sees what the caller did before;
/// * it does not wait for sections that begin while it waits;
/// * ``call(_:)`` waits for nothing, also within a section. A callback runs once, on the CPU that asked for it, after a
///   grace period that began when it had been asked for, and after those that were asked for before it.
///
/// - Source: Linux, include/linux/rcupdate.h, `rcu_read_lock()`, `rcu_assign_pointer()`, `rcu_dereference()`,
///   `synchronize_rcu()`, `call_rcu()`, `rcu_barrier()`; kernel/rcu/srcutree.c. McKenney and Slingwine, Read-copy update:
///   using execution history to solve concurrency problems, PDCS 1998.
/// - Simplified: callbacks run in `barrier()` alone, not in a softirq; sections are not entered in interrupts; a pointer
///   is the number of an object; `dereference` acquires, where Linux relies on the address dependency.
public protocol ReadCopyUpdate {
  /// RCU for CPUs 0 up to, but not including, `cpus`, none of them in a section.
  init(cpus: Int)

  /// Begins a section on this CPU, or goes one deeper into it.
  func readLock()

  /// Ends a section on this CPU, or comes one up.
  func readUnlock()

  /// Lets `pointer` point to `object`, which is ready: `rcu_assign_pointer()`.
  func publish(_ object: Int, to pointer: Atomic)

  /// The object to which `pointer` points, for use within this section: `rcu_dereference()`.
  func dereference(_ pointer: Atomic) -> Int

  /// Waits for a grace period; never called in a section.
  func synchronize()

  /// Has `callback` run on this CPU after a grace period, and returns at once: `call_rcu()`.
  func call(_ callback: @escaping () -> Void)

  /// Waits until all callbacks have run that this CPU had asked for before; never called in a section: `rcu_barrier()`.
  ///
  /// It is here that they run. A callback may ask for others; those wait for the next time.
  func barrier()
}
