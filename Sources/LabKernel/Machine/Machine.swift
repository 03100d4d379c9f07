// The machine: what the kernel runs on.
//
// Time is simulated, and an integer. Processors are rows in a table. Everything that is going to happen is an event in
// one queue, ordered by (time, sequence): at the same instant, timers and arrivals happen in the order in which they
// were announced, and then the CPUs take their turns by number. So a run is a function of its input and nothing else.
//
// Invariants: time never goes backwards; an event never lies in the past.
//
// Read `Time.swift`, then `EventQueue.swift`, `CPU.swift`, `Configuration.swift`, `Components.swift`, `Slot.swift`,
// `SlotChoice.swift` (what a scenario may put into a slot), `Kernel.swift` and its aspects: `Kernel+Step.swift` (one
// event), `../Scheduling/Kernel+Schedule.swift` (which task runs next), `../Programs/Kernel+SystemCall.swift` (what a
// task asks for), `Kernel+Invariants.swift` (what holds after every step). `MachineLoad.swift` is a machine with
// everything that runs on it, as a value. How every schedule is explored: `Kernel+Moves.swift` (what can happen next),
// `Kernel+Digest.swift` (what a state is) with `StateDigest.swift`. All of them build on `Handle.swift`, `Slots.swift`,
// `SharedTable.swift`, `CPUSet.swift`, `RandomSource.swift` and `Console.swift`. `Todo.swift` marks what is missing in a stub.
