// Scheduling: who runs next, on which CPU, and for how long.
//
// The kernel is mechanism: it keeps a run queue a CPU, asks its classes in order of rank, switches,
// and counts. A class is policy: it holds the runnable tasks of one CPU and says which of them is next. What it knows of
// a task is the task's entity; the tasks themselves are out of its reach.
//
// Invariants: a runnable task is in exactly one run queue, that of its CPU; a CPU is idle only if its
// run queue is empty; a class of higher rank is served before one of lower rank; when a class is called, the task that
// runs has been charged up to that instant.
//
// Read `SchedulingPolicy.swift`, `SchedulingEntity.swift`, `EntityTable.swift`, `SchedulingContext.swift`,
// `SchedulingClass.swift` (the contract), `RoundRobin.swift` (the baseline, over `TaskQueue.swift`), `RunQueue.swift`,
// then `Kernel+Schedule.swift`, `WaitQueueHead.swift` and `Kernel+Sleep.swift` (how a task waits for anything at all), and
// `SchedulingCalls.swift` with the system calls. `Textbook/` holds the policies that every course compares first:
// `FirstComeFirstServed.swift`, `ShortestJobFirst.swift`, `MultilevelFeedback.swift`.
