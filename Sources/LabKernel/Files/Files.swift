// Files: how tasks name what they read from and write to.
//
// A *descriptor* is a small number that belongs to one task. It names an *open file description*, which several
// descriptors, even of different tasks, may share; `fork` copies the descriptors, not the descriptions. A description
// stands for an object: the console, or an end of a pipe. What a read or a write does is the object's business.
//
// Invariants: a description exists for as long as a descriptor names it, and counts how many do; the descriptors 0, 1
// and 2 are the console for every task.
//
// Read `FileTable.swift`, then `Kernel+Files.swift` (the calls that every file has) and `FileCalls.swift` (their rows
// in the table of system calls).
