// Programs: what tasks do with a CPU.
//
// The kernel knows one abstraction: a task runs for a time and then says why it stopped (`Stop`). The
// engine behind it is a script: a small register program, written one instruction a line:
//
//     again:
//       compute 3ms
//       sleep 2ms
//       add r1 1
//       if r1 < 5 goto again
//
// Invariant: nothing outside the engine knows that it is a script.
//
// Read `Instruction.swift`, `ProgramParser.swift` (with `ProgramLine.swift` and `ProgramError.swift`), `ScriptEngine.swift`
// (with `Registers.swift`), then `SystemCall.swift` and `Kernel+Execute.swift`, where the kernel lets a task go on and
// answers its system calls.
