/// One of the eight registers of the script machine: r0 … r7.
public struct Register: Sendable, Hashable, Codable {
  /// 0 … 7.
  public let number: UInt8
  /// Register `number`, or nil where there is none.
  public init?(_ number: Int) {
    guard (0..<Registers.count).contains(number) else { return nil }
    self.number = UInt8(number)
  }
  private init(known number: UInt8) { self.number = number }
  /// Where system calls leave their result.
  public static let r0 = Register(known: 0)
  /// Where system calls with two results leave the second.
  public static let r1 = Register(known: 1)
}

/// A number in an instruction: written there, or found in a register.
public enum Operand: Sendable, Hashable, Codable {
  /// The number itself.
  case literal(Int)
  /// What the register holds.
  case register(Register)
}

/// How two numbers are compared.
public enum Comparison: String, Sendable, Hashable, Codable, CaseIterable {
  /// Equal.
  case equal = "=="
  /// Not equal.
  case notEqual = "!="
  /// The first is less.
  case less = "<"
  /// The first is greater.
  case greater = ">"
}

/// What a write takes its bytes from.
public enum WriteSource: Sendable, Hashable, Codable {
  /// A text of the program, by its number.
  case text(Int)
  /// So many bytes, all the first letter of the writer's name.
  case letters(Operand)
}

/// One instruction of a script.
///
/// `compute` takes the time that it says; all others take ``Configuration/instructionTime``, and
/// their effect is there at the end of it.
public enum Instruction: Sendable, Hashable, Codable {
  /// Uses the CPU for this long.
  case compute(Duration)
  /// Puts a number into a register.
  case set(Register, Operand)
  /// Adds a number to a register.
  case add(Register, Operand)
  /// Reads a word of memory.
  case load(Register, address: Int)
  /// Writes a word of memory.
  case store(Operand, address: Int)
  /// Goes on at another instruction.
  case jump(to: Int)
  /// Goes on at another instruction if the comparison holds.
  case branch(Register, Comparison, Operand, to: Int)
  /// Prints a text of the program on the console.
  case printText(Int)
  /// Prints a number on the console.
  case printNumber(Operand)

  // System calls. The result is in r0: a number, or minus the number of the error.

  /// fork(2): 0 in the child, the child's pid in the parent.
  case fork
  /// _exit(2).
  case exit(Operand)
  /// waitpid(2) for any child: its pid, and its wait status in r1.
  case wait
  /// nanosleep(2).
  case sleep(Duration)
  /// sched_yield(2).
  case yield
  /// getpid(2).
  case getpid
  /// pipe(2): the descriptors of the read end and the write end.
  case pipe(Register, Register)
  /// read(2) of so many bytes.
  case read(Operand, Operand)
  /// write(2).
  case write(Operand, WriteSource)
  /// close(2).
  case close(Operand)
  /// fcntl(2), `O_NONBLOCK`.
  case setNonblocking(Operand)
  /// sched_setscheduler(2) on the task with this pid; 0 is the caller.
  case setScheduler(SchedulingPolicy, priority: Operand, pid: Operand = .literal(0))
  /// sched_getparam(2) on itself: its real-time priority, as it is now.
  case getPriority
  /// futex(2), `FUTEX_LOCK_PI`, on a mutex of the program, by its number; waits no longer than the timeout.
  case lock(Int, timeout: Duration?)
  /// futex(2), `FUTEX_TRYLOCK_PI`.
  case tryLock(Int)
  /// futex(2), `FUTEX_UNLOCK_PI`.
  case unlock(Int)
}

/// A program: instructions, and the texts that they print.
public struct Program: Sendable, Hashable, Codable {
  /// What to do, in order; behind the last one the task exits with code 0.
  public var instructions: [Instruction]
  /// What `printText` and `WriteSource.text` refer to.
  public var texts: [String]
  /// The names of the words of memory that the program uses; the address is the index.
  public var variables: [String]
  /// The names of the mutexes that the program uses, by their numbers; who uses the same name uses the same mutex.
  public var mutexes: [String]

  /// A program.
  public init(_ instructions: [Instruction], texts: [String] = [], variables: [String] = [], mutexes: [String] = []) {
    self.instructions = instructions
    self.texts = texts
    self.variables = variables
    self.mutexes = mutexes
  }

  /// How long it computes, if it goes straight through.
  public var totalCompute: Duration {
    instructions.reduce(into: .zero) { total, instruction in
      if case .compute(let duration) = instruction { total += duration }
    }
  }
}

/// A program that the kernel has loaded.
public struct ProgramID: Sendable, Hashable {
  /// The row in the table of programs.
  package var raw: Int32
  /// The program in row `raw`; -1 for a task that executes none.
  package init(raw: Int32) { self.raw = raw }
  /// The row, to index with.
  package var index: Int { Int(raw) }
}
