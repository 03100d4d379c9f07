// Programs: what tasks do with a CPU, and how they ask the kernel for something.
//
// The kernel knows one abstraction, the engine: a task runs for a time, and then says why it stopped (`Stop`). A
// request is a number and six words. The engine behind a task is a script: a small register program, written one
// instruction per line:
//
//     again:
//       compute 3ms
//       r2 = read r4 &line 100
//       add r1 r2
//       if r2 > 0 goto again
//
// Invariants: nothing outside this folder knows that an engine is a script; a system call is described in one row of
// one table, and nowhere else.
//
// Read `Engine.swift`, then `ScriptEngine.swift` (with `Instruction.swift`, `Registers.swift` and `Program.swift`),
// then `SystemCall.swift`, the table, and `Kernel+SystemCall.swift`, where the kernel lets a task continue and answers
// its calls. The rows are in `ProcessCalls`, `SchedulingCalls`, `FileCalls`, `TreeCalls`, `PipeCalls` and `FutexCalls`, next to
// their handlers.
// `Program+Words.swift` is a program as numbers, for an interpreter outside the kernel.
//
// For exploring every schedule: `Prospect.swift` (what a task does next, as far as others notice), `ProgramFlow.swift`
// (what the text of a program tells about all its runs), `Program+Text.swift` (an instruction, written out).
//
// How the text of a program is read: `ProgramParser.swift` (over `ProgramLine.swift`), `ProgramParser+Operands.swift`,
// `ProgramParser+Calls.swift` (calls, by the table), `Spelling.swift` (shorter forms of calls) with
// `Program+Calls.swift`, `NamedNumber.swift` (`O_NONBLOCK` and the like), and `ProgramError.swift`, how a mistake is
// reported.
