// Processes: tasks, where they come from and how they end.
//
// A task is a row of plain numbers in one table, and everything that belongs to it (memory, open files, kernel stack)
// is named by ids. So `fork` copies the row, and copies or shares what its ids name.
//
// Invariants: a task is `running` on exactly the CPU whose `current` it is; a zombie has no CPU, no memory and no
// files, only a row and a status; every task but init has a parent, and when that ends, init becomes the parent.
//
// Read `PIDAllocator.swift`, the contract of what gives each task its numbers, and `CountingPIDs.swift`, the simplest
// allocator. Go on with `Task.swift`, `TaskTable.swift`, `PIDTable.swift`, then `Kernel+Fork.swift`, `Kernel+Exit.swift`,
// `Kernel+Wait.swift`, and `ProcessCalls.swift`, the rows of their system calls. `Errno.swift` has the errors of all
// system calls.
//
// How execve(2) turns a file and strings into the stack of a new program: `ExecLoader.swift` is the contract, over
// `ExecRequest.swift` (what is asked for, and the stack that comes of it) and `ExecTask.swift` (what is left of the
// task); `PlainLoader.swift` is the simplest loader.
