// Inter-process communication: how tasks that share nothing pass bytes to each other.
//
// What all of its objects have in common is that a caller may have to wait for another task. They do
// not know what a task is. Each is a passive value that is asked, under the kernel's lock, to do what it
// can at once; its answer says what it did, whether the caller has to sleep, and who must be woken. So
// one and the same object can be run by the kernel, by a lab's harness, or by hand.
//
// What always holds:
//
// * a call that must wait has said so by its answer, and the caller is on a wait queue before anybody
//   else may touch the object: no wake-up falls between the look and the sleep;
// * whoever makes true what another waits for owes the wake-up, in the same answer;
// * a task that was woken looks again. To be woken for nothing costs time and nothing else.
//
// Where to read on:
//
// 1. `Pipe.swift`: the contract of the pipe, which the pipe lab asks the reader to fulfil.
// 2. `SimplePipe.swift`: the simplest pipe that works, one bounded queue that wakes everyone.
// 3. `PipeRow.swift`: a pipe in the kernel, with the tasks that sleep at its ends.
// 4. `Kernel+Pipe.swift`: what read(2), write(2) and close(2) do with it, and `PipeCalls.swift`: pipe2(2).

/// Writes of up to this many bytes are atomic: never interleaved with those of others.
///
/// - Source: POSIX `PIPE_BUF`; Linux, include/uapi/linux/limits.h.
public let pipeBufferSize = 4096

/// A pipe has this many slots, each the size of a page: 64 KiB.
///
/// - Source: Linux, include/linux/pipe_fs_i.h, `PIPE_DEF_BUFFERS`.
public let pipeSlots = 16
