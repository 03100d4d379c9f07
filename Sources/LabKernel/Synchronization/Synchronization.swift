// Synchronization: how tasks and CPUs take turns using what they share.
//
// There are two kinds of objects here. Mutexes are for tasks, and the simulated kernel runs them. Below them are the
// objects that CPUs build from nothing but loads, stores and atomic operations: these are not simulated but explored,
// in every order in which several CPUs could execute them.
//
// Mutexes. A mutex belongs to one task at a time, its *owner*; every other task that wants it sleeps. The kernel is
// mechanism: it names the mutexes, puts tasks to sleep and wakes them, and moves a task in its run queue when its
// priority is set. Which task gets a mutex next, and how urgent its owner is in the meantime, is policy, and plugged
// in: POSIX calls it the *protocol* of a mutex. It matters because of priority inversion: an urgent task waits for a
// mutex whose owner does not get the CPU, and so, in effect, for every task that is more urgent than the owner.
//
// Two numbers say how urgent a task is: its *normal* priority is what it asked for; its *priority* is what the
// scheduling classes use. A protocol may set the second to anything that is no less urgent than the first.
//
// What always holds:
//
// * a task that sleeps for a mutex is not its owner, and the mutex has an owner;
// * releasing a mutex and handing it to a waiter is one step: no other task gets in between;
// * no task is less urgent than its normal priority.
//
// Read in this order:
//
// 1. `MutexProtocol.swift`: the contract, which the rt-mutex lab asks the reader to fulfil.
// 2. `PlainMutex.swift`: the protocol that does nothing about priorities.
// 3. `Locks.swift`: the mutexes of a machine; `Kernel+Mutex.swift`: the system call around it, futex(2), and what
//    happens when a priority is set; `FutexCalls.swift`: its row in the table. `Kernel+Futex.swift` with
//    `Futexes.swift`: the same call on words of a program's own, of which user space builds condition variables.
//
// Spin locks, wait queues, sequence locks and RCU are used by several CPUs at once, and are correct only if every
// interleaving is. They are written with the atomics of `Interleave`, and use no other part of the kernel. Each has a
// file with its contract, and a baseline that is correct and simple, at a price:
//
// 4. `SpinLock.swift`; `TestAndSetLock.swift` is not fair.
// 5. `WaitQueue.swift`; `WakeEveryone.swift` wakes the herd.
// 6. `SequenceLock.swift`; `LockedReaders.swift` makes readers acquire the lock.
// 7. `ReadCopyUpdate.swift`; `CountingRCU.swift` also waits for readers that came later.

/// How many mutexes a chain of waiting tasks may have before it is taken for a cycle.
///
/// - Source: Linux, kernel/locking/rtmutex.c, `max_lock_depth`.
public let maximumLockDepth = 1024
