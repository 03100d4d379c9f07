/// Why a task stopped using its CPU.
///
/// - Source: Linux enters the kernel for the same reasons: arch/riscv/kernel/traps.c; a halt is what libc does after
///   `main`.
package enum Stop: Sendable, Equatable {
  /// It has used up the time that it was given, and wants more.
  case budget
  /// It asks the kernel for something.
  case systemCall(SystemCallNumber, SystemCallArguments)
  /// It loads from, or stores to, an address that is not mapped for that.
  case pageFault(address: Int)
  /// It did what a program must not do.
  case exception(Signal)
  /// Its program has ended.
  case halt
}

/// How many instructions, and how many system calls, may follow one another without any time passing.
public let maximumStandstill = 100_000

/// What executes a task: all that the kernel knows about how a task executes.
///
/// ```swift
/// if engine.pass(elapsed) { return }                        // it is still computing
/// switch engine.run(code: program, memory: &map, times: InstructionTimes()) {
/// case .systemCall(let number, let arguments): …
/// ```
/// An engine runs until it needs the kernel, says why, and is handed the result. It is a value in the row of its task,
/// so that `fork` really copies it.
///
/// - Source: Linux, arch/riscv/include/asm/ptrace.h, `struct pt_regs`, is what the kernel sees of a program.
package struct Engine: Sendable {
  /// The kinds of engine.
  private enum Kind: Sendable {
    /// A task of the kernel itself, which has no program: idle, init, and every kernel thread.
    case kernelThread
    /// A task that executes a script.
    case script
  }

  private let kind: Kind
  /// The row of its program, -1 for none.
  private let programRow: ProgramID
  /// Beside the kind and not in it: changing what an enum holds copies it out and in, at every step of a task.
  private var script = ScriptEngine()

  /// How much longer a kernel thread works; a script keeps that itself.
  private var workLeft: Duration = .zero

  /// The engine of a task that is never chosen to run: idle, and init.
  package static let kernelThread = Engine(kind: .kernelThread, program: ProgramID(raw: -1))

  /// An engine at the first instruction of `program`.
  package init(_ program: ProgramID) { self.init(kind: .script, program: program) }

  /// The engine of a kernel thread.
  package init(_ thread: KernelThreadID) { self.init(kind: .kernelThread, program: ProgramID(raw: thread.raw)) }

  /// The kernel thread that it executes; nil for a script, and for idle and init.
  @inline(__always)
  package var thread: KernelThreadID? {
    switch kind {
    case .kernelThread: programRow == .none ? nil : KernelThreadID(raw: programRow.raw)
    case .script: nil
    }
  }

  /// Lets a kernel thread work for so long.
  package mutating func work(_ time: Duration) { workLeft = time }

  /// An engine that executes `program` as execve(2) leaves a task.
  ///
  /// - Parameters:
  ///   - entry: the instruction to begin with.
  ///   - values: what it computes with, at most 8 numbers.
  ///   - stackPointer: where the number of arguments is.
  package init(_ program: ProgramID, entry: Int, values: [Int], stackPointer: Int) {
    self.init(program)
    script.place = entry
    script.values = Array(values.prefix(8))
    script.stackPointer = stackPointer
  }

  /// What the task computes with; nothing for a kernel thread.
  package var values: [Int] {
    switch kind {
    case .kernelThread: []
    case .script: script.values
    }
  }

  /// Where its stack begins.
  package var stackPointer: Int {
    switch kind {
    case .kernelThread: 0
    case .script: script.stackPointer
    }
  }

  /// The number of the next instruction.
  package var place: Int {
    switch kind {
    case .kernelThread: 0
    case .script: script.place
    }
  }

  private init(kind: Kind, program: ProgramID) {
    self.kind = kind
    programRow = program
  }

  /// The program that it executes; nil for a kernel thread.
  package var program: ProgramID? {
    switch kind {
    case .kernelThread: nil
    case .script: programRow
    }
  }

  /// How long it still takes until it next needs the kernel, as far as it knows.
  package var left: Duration {
    switch kind {
    case .kernelThread: workLeft
    case .script: script.left
    }
  }

  /// Lets `time` pass.
  ///
  /// - Returns: whether what it is doing takes still longer; if not, ``run(code:memory:times:)`` is due.
  @inline(__always)
  package mutating func pass(_ time: Duration) -> Bool {
    switch kind {
    case .kernelThread:
      workLeft -= time
      return workLeft > .zero
    case .script: return script.pass(time)
    }
  }

  /// Continues until it needs time, or the kernel.
  ///
  /// - Parameters:
  ///   - code: its program.
  ///   - memory: its data segment, if it has one.
  ///   - times: how long instructions take if they name no time of their own.
  package mutating func run(
    code: borrowing Program, memory: inout MemoryMap?, times: InstructionTimes
  ) -> Stop {
    switch kind {
    case .kernelThread: preconditionFailure("idle and init are never chosen to run")
    case .script: script.run(code: code, memory: &memory, times: times)
    }
  }

  /// Leaves the result of a system call where the program expects it.
  package mutating func setResult(_ value: Int) {
    switch kind {
    case .kernelThread: preconditionFailure("a kernel thread makes no system calls")
    case .script: script.setResult(value)
    }
  }

  /// Has the system call, which did not end, made again when the task next runs.
  package mutating func restartSystemCall() {
    switch kind {
    case .kernelThread: preconditionFailure("a kernel thread makes no system calls")
    case .script: script.restartSystemCall()
    }
  }

  /// The number at an address of the task's stack; nil for any other address.
  package func loadStack(_ width: Width, at address: Int) -> Int? {
    switch kind {
    case .kernelThread: nil
    case .script: script.loadStack(width, at: address)
    }
  }

  /// Stores a number on the task's stack; false for any other address.
  package mutating func storeStack(_ value: Int, _ width: Width, at address: Int) -> Bool {
    switch kind {
    case .kernelThread: false
    case .script: script.storeStack(value, width, at: address)
    }
  }
}

// How every schedule is explored: one instruction at a time.
extension Engine {
  /// What it does next.
  ///
  /// - Parameters:
  ///   - sizes: how many bytes of data, and of frames, the task has.
  ///   - isShared: whether other tasks have them too.
  ///   - times: how long instructions take; nil if no time passes.
  @inline(__always)
  func prospect(
    code: borrowing Program, sizes: (data: Int, frames: Int), isShared: Bool, times: InstructionTimes?
  ) -> Prospect {
    switch kind {
    case .kernelThread: .end
    case .script: script.prospect(code: code, sizes: sizes, isShared: isShared, times: times)
    }
  }

  /// The place that a load or a store is about to touch; nil for anything else.
  func place(code: borrowing Program) -> (width: Width, address: Int)? {
    switch kind {
    case .kernelThread: nil
    case .script: script.place(code: code)
    }
  }

  /// Continues for as long as no other task notices.
  ///
  /// - Returns: false if that does not seem to end.
  mutating func runAlone(
    code: borrowing Program, memory: inout MemoryMap?, isShared: Bool, times: InstructionTimes?
  ) -> Bool {
    switch kind {
    case .kernelThread: true
    case .script: script.runAlone(code: code, memory: &memory, isShared: isShared, times: times)
    }
  }

  /// Executes one instruction, whose time has passed.
  ///
  /// - Parameter choice: the number that it chooses, if it is a choice.
  mutating func takeOne(code: borrowing Program, memory: inout MemoryMap?, choice: Int) -> Stop? {
    switch kind {
    case .kernelThread: .halt
    case .script: script.takeOne(code: code, memory: &memory, choice: choice)
    }
  }

  /// Begins the next instruction, and lets some of its time pass.
  ///
  /// - Parameter whole: how long it takes altogether, from now on.
  mutating func begin(_ whole: Duration, passing time: Duration) {
    script.fetched = true
    script.left = whole - time
  }

  /// What it does next, as a script writes it.
  func text(code: borrowing Program) -> String { code.text(at: Int(script.counter), script) }

  /// Where it is in its program.
  package var position: Int { Int(script.counter) }

  /// Adds everything that the task can still depend on to `digest`.
  @inline(__always)
  func digest(into digest: inout StateDigest, _ flows: [ProgramFlow]) {
    guard case .script = kind, flows.indices.contains(programRow.index) else { return }
    digest.combine(programRow.index)
    script.digest(into: &digest, flows[programRow.index])
  }
}
