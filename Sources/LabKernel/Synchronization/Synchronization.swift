// Synchronization: how tasks and CPUs that share something take turns with it.
//
// Two kinds of things are here. Mutexes are for tasks, and the simulated kernel runs them. Below them are the things that
// CPUs do with nothing but loads, stores and atomic operations: they are not simulated but explored, in every order in
// which several CPUs could do them.
//
// Mutexes. A mutex belongs to one task at a time, its *owner*; whoever else wants it sleeps. The kernel is mechanism:
// it names the mutexes, puts tasks to sleep and wakes them, and moves a task in its run queue when its priority is set.
// Who gets a mutex next, and how urgent its owner is meanwhile, is policy, and plugged in: what POSIX calls the
// *protocol* of a mutex. It matters because of priority inversion: an urgent task waits for a mutex whose owner does
// not get the CPU, and so, in truth, for everybody who is more urgent than the owner.
//
// Two numbers say how urgent a task is: its *normal* priority is what it asked for; its *priority* is what the
// scheduling classes go by. A protocol may set the second to anything that is no less urgent than the first.
//
// What always holds:
//
// * a task that sleeps for a mutex is not its owner, and the mutex has one;
// * to give a mutex back and to hand it to one who waits is one step: nobody comes in between;
// * no task is less urgent than its normal priority.
//
// Where to read on:
//
// 1. `MutexProtocol.swift`: the contract, which the rt-mutex lab asks the reader to fulfil.
// 2. `PlainMutex.swift`: the protocol that does nothing about priorities.
// 3. `Locks.swift`: the mutexes of a machine; `Kernel+Mutex.swift`: the system call around it, futex(2), and what becomes of a priority that was set;
//    `FutexCalls.swift`: its row in the table.
//
// Spin locks, wait queues, sequence locks and RCU are used by several CPUs at once, and are right when every
// interleaving says so. They are written over the atomics of `Interleave`, and no other part of the kernel is in them.
// Each has a file with its contract, and a baseline that is right and simple, and pays for that:
//
// 4. `SpinLock.swift`; `TestAndSetLock.swift` is not fair.
// 5. `WaitQueue.swift`; `WakeEveryone.swift` wakes the herd.
// 6. `SequenceLock.swift`; `LockedReaders.swift` has readers take the lock.
// 7. `ReadCopyUpdate.swift`; `CountingRCU.swift` waits for readers that came later, too.

/// How many mutexes one after the other a chain of waiting tasks may have before it is taken for a loop.
///
/// - Source: Linux, kernel/locking/rtmutex.c, `max_lock_depth`.
public let maximumLockDepth = 1024
