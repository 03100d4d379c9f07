// Inter-process communication: how tasks that share nothing pass bytes to each other.
//
// All of its objects have one thing in common: a caller may have to wait for another task. Yet they do not know what a
// task is. Each is a passive value that is asked, under the kernel's lock, to do at once what it can; its answer says
// what it did, whether the caller has to sleep, and which tasks must be woken. So the same object can be run by the
// kernel, by a lab's harness, or by hand.
//
// What always holds:
//
// * a call that must wait says so in its answer, and the caller is on a wait queue before any other task may touch the
//   object: no wake-up can fall between the check and the sleep;
// * a call that makes true what another task waits for owes the wake-up, in the same answer;
// * a woken task checks again. A spurious wake-up costs only time.
//
// Read in this order:
//
// 1. `Pipe.swift`: the contract of the pipe, which the pipe lab asks the reader to fulfil.
// 2. `SimplePipe.swift`: the simplest pipe that works, one bounded queue, where every change wakes all sleepers.
// 3. `PipeRow.swift`: a pipe in the kernel, with the tasks that sleep at its ends.
// 4. `Kernel+Pipe.swift`: what read(2), write(2) and close(2) do with it, and `PipeCalls.swift`: pipe2(2).
//
// Signals carry no bytes, only a number. They need no object, because each goes to one task: `Signals/` has
// `Signal.swift`, `SignalSet.swift`, `SignalHandlers.swift` (what a process wants to happen), `Kernel+Signal.swift` (how
// a signal is sent), `Kernel+SignalDelivery.swift` (what it does) and `SignalCalls.swift` with the system calls.

/// The size, in bytes, up to which a write is atomic: never interleaved with other writes.
///
/// - Source: POSIX `PIPE_BUF`; Linux, include/uapi/linux/limits.h.
public let pipeBufferSize = 4096

/// The number of slots in a pipe, each the size of a page: 64 KiB in all.
///
/// - Source: Linux, include/linux/pipe_fs_i.h, `PIPE_DEF_BUFFERS`.
public let pipeSlots = 16
