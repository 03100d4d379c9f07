// Files: how tasks name what they read from and write to.
//
// A *descriptor* is a small number that belongs to one task. It names an *open file description*, which several
// descriptors, even of different tasks, may share; `fork` copies the descriptors, not the descriptions. A description
// stands for an object: the console, or an end of a pipe. What a read or a write does is the object's business.
//
// Invariants: a description exists for as long as a descriptor names it, and counts how many do; the console is open
// for the machine itself, and every task that has had no need of descriptors of its own has 0, 1 and 2 for it.
//
// Read `FileFlag.swift` (what may be asked of descriptors), `OpenFile.swift`, `DescriptorTable.swift`,
// `FileTable.swift`, then `Kernel+Descriptors.swift` (close, dup, fcntl), `Kernel+Files.swift` (read, write, lseek),
// and `FileCalls.swift`, the rows of these calls in the table of system calls.
