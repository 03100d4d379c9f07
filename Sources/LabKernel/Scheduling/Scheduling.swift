// Scheduling: which task runs next, on which CPU, and for how long.
//
// The kernel is mechanism: it keeps one run queue per CPU, asks its classes in order of rank, switches tasks, and keeps
// accounts. A class is policy: it holds the runnable tasks of one CPU and says which of them is next. All that it knows
// about a task is the task's entity; the tasks themselves are out of its reach.
//
// Invariants: a runnable task is on exactly one run queue, that of its CPU; a CPU is idle only if its run queue is
// empty; a class of higher rank is served before one of lower rank; when a class is called, the running task has been
// charged up to that instant.
//
// Read `SchedulingPolicy.swift`, `SchedulingEntity.swift`, `EntityTable.swift`, `SchedulingContext.swift`,
// `SchedulingClass.swift` (the contract), `RoundRobin.swift` (the baseline, over `TaskQueue.swift`), `RunQueue.swift`,
// then `Kernel+Schedule.swift`, `WaitQueueHead.swift` and `Kernel+Sleep.swift` (how a task waits for anything), and
// `SchedulingCalls.swift` and `PriorityCalls.swift` with the system calls. `Textbook/` holds the policies that every
// course compares first: `FirstComeFirstServed.swift`, `ShortestJobFirst.swift`, `MultilevelFeedback.swift`.
// `AnyOrder.swift` is for machines whose every schedule is explored.
