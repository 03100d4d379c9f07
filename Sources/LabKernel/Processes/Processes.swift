// Processes: tasks, where they come from and how they end.
//
// A task is a row of plain numbers in one table, and everything that belongs to it (memory, open files, kernel stack)
// is named by ids. So `clone` copies the row, and copies or shares what its ids name. A process is a row that its
// threads share. Which task is whose child, which process is in which group, which number belongs to which task: all of
// that is lists and tables of ids, too.
//
// Invariants: a task is `running` on exactly the CPU whose `current` it is; a zombie has no CPU, no memory and no
// files, only a row and a status; every task but init has a parent, and when that ends, another thread of the parent's
// process, a subreaper or an init becomes the parent; a number is in use while a task, a process group or a session has
// it.
//
// Read `Task.swift`, `ExitStatus.swift`, `TaskName.swift`, `Credentials.swift`, `TaskTable.swift`, `ThreadGroup.swift`, then
// `PIDAllocator.swift` (the contract that the pids lab asks the reader to fulfil), `CountingPIDs.swift` (the baseline)
// and `PIDTable.swift`. `Kernel+Family.swift` keeps the lists. The life of a process is `CloneFlag.swift`,
// `Kernel+Fork.swift`, `Kernel+Exit.swift`, `Kernel+Namespace.swift`, `WaitRequest.swift` and `Kernel+Wait.swift`.
// Tasks of the
// kernel's own are in `KernelThread.swift`. `ProcessCalls.swift` and `IdentityCalls.swift` are the rows of their system calls. `Errno.swift` has the errors of all
// system calls.
//
// How execve(2) turns a file and strings into the stack of a new program: `ExecLoader.swift` is the contract, over
// `ExecRequest.swift` (what is asked for, and the stack that comes of it) and `ExecTask.swift` (what is left of the
// task); `PlainLoader.swift` is the simplest loader. `Kernel+Exec.swift` opens the file and applies what the loader
// answers.
