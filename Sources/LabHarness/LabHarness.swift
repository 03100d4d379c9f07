// The harnesses of the labs: what drives a component, and what is observed of it.
//
// A harness runs beside the submission, in its process: it turns an input into calls and the answers into an output,
// and judges nothing. So its code is no secret: whatever it knows, a submission may know, too.
//
// Read `Lab.swift` first, then one lab of each shape:
//
// 1. calls on a component: `CallLab.swift`, then `Memory/BuddyLab.swift`. Where several tasks make the calls, each call
//    is a `TaskStep.swift`: `IPC/PipeLab.swift`, whose tasks sleep and wake each other through `TaskTurns.swift` and
//    whose bytes are summarized by `ByteRuns.swift`; `Synchronization/RtMutexLab.swift`, whose tasks are rows of a
//    table, `CaseTasks.swift`; `Processes/ExecImageLab.swift`, which keeps long strings (`Processes/ExecText.swift`,
//    `Processes/ExecArguments.swift`) and stacks (`Processes/ExecDump.swift`) short. `Processes/PIDLab.swift` calls what
//    is named by handles: `PIDCensus.swift` knows which are in use, `PIDLab+Calls.swift` makes the calls, and
//    `PIDAnswer.swift` is what comes back;
// 2. a whole kernel: `KernelLab.swift` with `Recording.swift`, then `Scheduling/RealtimeLab.swift` with
//    `WatchedScheduler.swift`;
// 3. interleavings: `InterleavingLab.swift`, then in `Synchronization/`: `TicketLockLab.swift` with `LockStage.swift`,
//    `WaitQueueLab.swift` with `WaitStage.swift`, `SeqlockLab.swift` with `SeqlockDesk.swift`, and `RCULab.swift` with
//    `RCULab+Acts.swift`, `RCUDesk.swift`, `RCUGate.swift` and `RCUSecondPointer.swift`. A scene waits with
//    `Silence.swift` until no other CPU can go on, its CPUs tell each other with `Signals.swift` how far they have
//    come, `InterruptFlags.swift` notices calls that change interrupts, and `WaitersForLock.swift` knows which CPUs wait
//    for a lock. `RaceLab.swift` is the scene of `labs-cli race`.
//
// `SimLab.swift` is a kernel with components of the program's own in its slots, for `labs-cli sim --mine`.
//
// `Wire/WireEncoder.swift` and `WireDecoder.swift` say how inputs and outputs travel.
