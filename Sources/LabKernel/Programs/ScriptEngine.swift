/// Why a task stopped using its CPU.
///
/// This is all that the kernel knows of what a task does: whatever executes it, a script or a
/// processor's instructions, runs until it needs the kernel, and says why.
package enum Stop: Sendable, Equatable {
  /// The time that it was given is used up, and it wants more.
  case budget
  /// It asks the kernel for something.
  case systemCall(SystemCall)
  /// It did what a program must not do.
  case exception(Signal)
  /// Its program is over.
  case halt
}

/// How many instructions, and how many system calls, may follow each other without any time passing.
public let maximumStandstill = 100_000

/// Executes a script: a small register program, and a value, so that `fork` really copies it.
///
/// An instruction is fetched, takes its time, and then has its effect.
///
/// Invariant: `left` is zero, or the instruction at `counter` has been fetched.
package struct ScriptEngine: Sendable {
  /// The program that it executes.
  package var program: ProgramID
  /// The instruction that is executed, or will be next.
  private var counter: Int32 = 0
  /// Whether that instruction has been fetched, and `left` of its time is still to pass.
  private var fetched = false
  /// What a program computes with.
  package var registers = Registers()
  /// How long the instruction that was fetched still takes.
  package private(set) var left: Duration = .zero

  /// At the first instruction of `program`.
  package init(_ program: ProgramID) { self.program = program }

  /// Lets `budget` of time pass and goes on until it needs more, or needs the kernel.
  ///
  /// - Parameters:
  ///   - code: the program with the number ``program``.
  ///   - instructionTime: how long an instruction takes that does not say so itself.
  package mutating func run(
    for budget: Duration, code: borrowing Program, memory: inout AddressSpace?, instructionTime: Duration
  ) -> Stop {
    left -= budget
    precondition(left >= .zero, "a task ran past its next stop")
    if left > .zero { return .budget }
    for _ in 0..<maximumStandstill {
      guard code.instructions.indices.contains(Int(counter)) else { return .halt }
      let instruction = code.instructions[Int(counter)]
      if !fetched {
        fetched = true
        left = max(.zero, instruction.time ?? instructionTime)
        if left > .zero { return .budget }
      }
      fetched = false
      counter += 1
      if let stop = execute(instruction, memory: &memory) { return stop }
    }
    return .exception(.SIGXCPU)
  }

  /// The system call did not come to an end: it is tried again when the task next runs.
  package mutating func restartSystemCall() {
    counter -= 1
    fetched = true
  }

  private func value(_ operand: Operand) -> Int {
    switch operand {
    case .literal(let number): number
    case .register(let register): registers[register]
    }
  }

  private mutating func execute(_ instruction: Instruction, memory: inout AddressSpace?) -> Stop? {
    switch instruction {
    case .compute: break
    case .set(let register, let operand): registers[register] = value(operand)
    case .add(let register, let operand): registers[register] &+= value(operand)
    case .load(let register, let address):
      guard let word = memory?[address] else { return .exception(.SIGSEGV) }
      registers[register] = word
    case .store(let operand, let address):
      guard memory?[address] != nil else { return .exception(.SIGSEGV) }
      memory?[address] = value(operand)
    case .jump(let target): counter = Int32(clamping: target)
    case .branch(let register, let comparison, let operand, let target):
      if comparison.holds(registers[register], value(operand)) { counter = Int32(clamping: target) }
    case .printText, .printNumber, .fork, .exit, .wait, .sleep, .yield, .getpid, .pipe, .read, .write, .close,
      .setNonblocking, .setScheduler, .getPriority, .lock, .tryLock, .unlock:
      return .systemCall(systemCall(instruction))
    }
    return nil
  }

  private func systemCall(_ instruction: Instruction) -> SystemCall {
    switch instruction {
    case .printText(let text): .write(descriptor: 1, .text(text))
    case .printNumber(let operand): .printNumber(value(operand))
    case .fork: .fork
    case .exit(let code): .exit(UInt8(truncatingIfNeeded: value(code)))
    case .wait: .wait
    case .sleep(let duration): .nanosleep(duration)
    case .yield: .yield
    case .getpid: .getpid
    case .pipe(let read, let write): .pipe(read, write)
    case .read(let descriptor, let count): .read(descriptor: value(descriptor), count: value(count))
    case .write(let descriptor, .text(let text)): .write(descriptor: value(descriptor), .text(text))
    case .write(let descriptor, .letters(let count)): .write(descriptor: value(descriptor), .letters(value(count)))
    case .close(let descriptor): .close(descriptor: value(descriptor))
    case .setNonblocking(let descriptor): .setNonblocking(descriptor: value(descriptor))
    case .setScheduler(let policy, let priority, let pid):
      .setScheduler(policy, priority: value(priority), pid: value(pid))
    case .getPriority: .getPriority
    case .lock(let mutex, let timeout): .lock(mutex, timeout: timeout)
    case .tryLock(let mutex): .tryLock(mutex)
    case .unlock(let mutex): .unlock(mutex)
    case .compute, .set, .add, .load, .store, .jump, .branch:
      preconditionFailure("not a system call: \(instruction)")
    }
  }
}

extension Instruction {
  /// How long it takes, where it says so itself.
  fileprivate var time: Duration? {
    if case .compute(let duration) = self { duration } else { nil }
  }
}

extension Comparison {
  fileprivate func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .greater: left > right
    }
  }
}
