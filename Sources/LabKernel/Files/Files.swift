// Files: how tasks name what they read from and write to.
//
// A *descriptor* is a small number that belongs to one task. It names an *open file description*, which several
// descriptors, even of different tasks, may share; `fork` copies the descriptors, not the descriptions. A description
// has flags and an offset, and stands for an object: a device, an end of a pipe, a file of the tree. What a read or a
// write does is the object's business.
//
// The tree of files is in memory, and the same for all tasks. What lies below `/proc` is in no table: it is written
// when it is opened.
//
// Invariants: a description exists for as long as a descriptor names it, and counts how many do; the console is open
// for the machine itself, and every task that has had no need of descriptors of its own has 0, 1 and 2 for it; a file
// exists for as long as it has a name, or an open file description or working directory leads to it.
//
// Read `FileFlag.swift` (what may be asked of descriptors), `OpenFile.swift`, `DescriptorTable.swift`,
// `FileTable.swift`, then `Kernel+Descriptors.swift` (close, dup, fcntl), `Kernel+Files.swift` (read, write, lseek) with
// `Terminal.swift`, and `FileCalls.swift`, the rows of these calls in the table of system calls.
//
// Then the tree: `Inode.swift`, `FileTree.swift`, `FileSystemContext.swift` (working directory and umask),
// `Kernel+BootFiles.swift` (what is there before any task runs), `Kernel+Path.swift` (how paths lead to files),
// `Kernel+Open.swift`, `Kernel+Tree.swift`, `Kernel+Stat.swift`, `Kernel+ProcFS.swift` (what `/proc` shows), and
// `TreeCalls.swift`, the rows of these calls.
