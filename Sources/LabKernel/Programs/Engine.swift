/// Why a task stopped using its CPU.
///
/// - Source: Linux enters the kernel for the same reasons: arch/riscv/kernel/traps.c; a halt is what libc does behind `main`.
package enum Stop: Sendable, Equatable {
  /// The time that it was given is used up, and it wants more.
  case budget
  /// It asks the kernel for something.
  case systemCall(SystemCallNumber, SystemCallArguments)
  /// It loads from, or stores to, an address that is not mapped for that.
  case pageFault(address: Int)
  /// It did what a program must not do.
  case exception(Signal)
  /// Its program is over.
  case halt
}

/// How many instructions, and how many system calls, may follow each other without any time passing.
public let maximumStandstill = 100_000

/// What executes a task: all that the kernel knows of how a task does what it does.
///
/// ```swift
/// switch tasks[task].engine.run(for: elapsed, code: program, memory: &map, instructionTime: .zero) {
/// case .systemCall(let number, let arguments): …
/// ```
/// An engine runs until it needs the kernel, says why, and is handed the result. It is a value in the row of its task,
/// so that `fork` really copies it.
///
/// - Source: Linux, arch/riscv/include/asm/ptrace.h, `struct pt_regs`, is what the kernel sees of a program.
package enum Engine: Sendable {
  /// A task of the kernel itself, which no program belongs to: idle, and init.
  case kernelThread
  /// A task that executes a script.
  case script(ScriptEngine)

  /// At the first instruction of `program`.
  package init(_ program: ProgramID) { self = .script(ScriptEngine(program)) }

  /// The program that it executes; nil for a kernel thread.
  package var program: ProgramID? {
    if case .script(let script) = self { script.program } else { nil }
  }

  /// How long it still takes until it next needs the kernel, as far as it knows.
  package var left: Duration {
    if case .script(let script) = self { script.left } else { .zero }
  }

  /// Lets `budget` of time pass and goes on until it needs more, or needs the kernel.
  ///
  /// - Parameters:
  ///   - code: its program.
  ///   - memory: its data segment, if it has one.
  ///   - instructionTime: how long an instruction takes that does not say so itself.
  @inline(__always)
  package mutating func run(
    for budget: Duration, code: borrowing Program, memory: inout MemoryMap?, instructionTime: Duration
  ) -> Stop {
    guard case .script(var script) = self else { preconditionFailure("idle and init are never chosen to run") }
    let stop = script.run(for: budget, code: code, memory: &memory, instructionTime: instructionTime)
    self = .script(script)
    return stop
  }

  /// Leaves the result of a system call where the program expects it.
  package mutating func setResult(_ value: Int) { update { $0.setResult(value) } }

  /// The system call did not come to an end: it is made again when the task next runs.
  package mutating func restartSystemCall() { update { $0.restartSystemCall() } }

  /// The number at an address of the task's stack; nil for any other address.
  package func loadStack(_ width: Width, at address: Int) -> Int? {
    if case .script(let script) = self { script.loadStack(width, at: address) } else { nil }
  }

  /// Stores a number on the task's stack; false for any other address.
  package mutating func storeStack(_ value: Int, _ width: Width, at address: Int) -> Bool {
    update { $0.storeStack(value, width, at: address) } ?? false
  }

  @discardableResult
  @inline(__always)
  private mutating func update<Result>(_ change: (inout ScriptEngine) -> Result) -> Result? {
    guard case .script(var script) = self else { return nil }
    defer { self = .script(script) }
    return change(&script)
  }
}
