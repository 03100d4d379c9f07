/// One of the registers of the script machine: r0 … r7, and sp, the stack pointer.
public struct Register: Sendable, Hashable, Codable {
  /// 0 … 7, or 8 for the stack pointer.
  public let number: UInt8
  /// Register `number`, or nil if there is none.
  public init?(_ number: Int) {
    guard (0..<Registers.count).contains(number) else { return nil }
    self.number = UInt8(number)
  }
  private init(known number: UInt8) { self.number = number }
  /// Where a system call leaves its result, unless the script names another.
  public static let r0 = Register(known: 0)
  /// Where `wait` leaves the status.
  public static let r1 = Register(known: 1)
  /// The address of what was pushed last; at first, of the number of arguments.
  public static let sp = Register(known: 8)
}

/// A number in an instruction: written there, or found in a register.
public enum Operand: Sendable, Hashable, Codable {
  /// The number itself.
  case literal(Int)
  /// What the register holds.
  case register(Register)
}

/// The place in memory that a load or a store names: a number, to which a register may be added.
public struct Address: Sendable, Hashable, Codable {
  /// The number.
  public var offset: Int
  /// The register, if there is one.
  public var base: Register?

  /// The address `offset`, or as many bytes after the address in `base`.
  public init(_ offset: Int, base: Register? = nil) {
    self.offset = offset
    self.base = base
  }
}

/// How two numbers are combined.
///
/// Sums and products wrap around.
public enum Arithmetic: String, Sendable, Hashable, Codable, CaseIterable {
  /// The sum.
  case add
  /// The first minus the second.
  case subtract = "sub"
  /// The product.
  case multiply = "mul"
  /// The bits that both have.
  case and
  /// The bits that either has.
  case or
  /// The first, shifted to the left by as many bits as the second says, 0 … 63.
  case shiftLeft = "shl"
  /// The first, shifted to the right; its sign comes in from the left.
  case shiftRight = "shr"
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
  /// The first is less, or both are equal.
  case atMost = "<="
  /// The first is greater, or both are equal.
  case atLeast = ">="
}

/// The six words of a system call, as an instruction names them.
///
/// Six fields instead of an array, so that an instruction remains plain numbers.
public struct CallOperands: Sendable, Hashable, Codable {
  private var words = (0, 0, 0, 0, 0, 0)
  /// Bit `n` tells whether word `n` is the number of a register.
  private(set) var registers: UInt8 = 0

  /// The operands in their order; missing ones are 0, excess ones are ignored.
  public init(_ operands: [Operand]) {
    for (index, operand) in operands.prefix(SystemCallArguments.count).enumerated() {
      switch operand {
      case .literal(let number): self[word: index] = number
      case .register(let register):
        self[word: index] = Int(register.number)
        registers |= 1 << UInt8(index)
      }
    }
  }

  /// The six words, with the numbers that `registers` hold now.
  @inline(__always)
  func values(_ registers: Registers) -> SystemCallArguments {
    var values = SystemCallArguments(words.0, words.1, words.2, words.3, words.4, words.5)
    guard self.registers != 0 else { return values }
    for index in 0..<SystemCallArguments.count where self.registers & 1 << UInt8(index) != 0 {
      values[index] = Register(values[index]).map { registers[$0] } ?? 0
    }
    return values
  }

  /// Word `index` if it is a number; nil if it is in a register.
  func literal(_ index: Int) -> Int? { registers & 1 << UInt8(index) == 0 ? self[word: index] : nil }

  /// The registers that it reads, a bit each.
  var read: UInt8 {
    list.reduce(into: 0) { read, operand in
      if case .register(let register) = operand { read |= 1 << UInt8(register.number) }
    }
  }

  /// The six operands.
  var list: [Operand] {
    [words.0, words.1, words.2, words.3, words.4, words.5].enumerated().map { index, word in
      guard registers & 1 << UInt8(index) != 0, let register = Register(word) else { return .literal(word) }
      return .register(register)
    }
  }

  private subscript(word index: Int) -> Int {
    get { values(Registers())[index] }
    set {
      switch index {
      case 0: words.0 = newValue
      case 1: words.1 = newValue
      case 2: words.2 = newValue
      case 3: words.3 = newValue
      case 4: words.4 = newValue
      default: words.5 = newValue
      }
    }
  }

  /// Whether both name the same words.
  public static func == (left: CallOperands, right: CallOperands) -> Bool {
    left.registers == right.registers && left.words == right.words
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    self.init([])
    registers = try list.decode(UInt8.self)
    for index in 0..<SystemCallArguments.count { self[word: index] = try list.decode(Int.self) }
  }

  /// Writes which words are registers, then the words.
  public func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    try list.encode(registers)
    for word in [words.0, words.1, words.2, words.3, words.4, words.5] { try list.encode(word) }
  }

  /// Feeds the words into `hasher`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(registers)
    for word in [words.0, words.1, words.2, words.3, words.4, words.5] { hasher.combine(word) }
  }
}

/// One instruction of a script: the assembly of this machine.
///
/// `compute` takes the time that it names, all others what ``InstructionTimes`` says; each takes effect at the end of
/// its time.
public enum Instruction: Sendable, Hashable, Codable {
  /// Uses the CPU for this long.
  case compute(Duration)
  /// Puts a number into a register.
  case set(Register, Operand)
  /// Combines a register with a number, and leaves the result in the register.
  case arithmetic(Arithmetic, Register, Operand)
  /// Puts a number from memory into a register.
  case load(Width, Register, Address)
  /// Puts a number into memory.
  case store(Width, Operand, Address)
  /// Writes a number in decimal digits to memory, and their count into a register.
  case digits(Operand, at: Address, count: Register)
  /// Continues at another instruction.
  case jump(to: Int)
  /// Continues at another instruction if the comparison holds.
  case branch(Register, Comparison, Operand, to: Int)
  /// Pushes the place of the next instruction, and continues at another one.
  case subroutine(to: Int)
  /// Pops a place, and continues there.
  case leave
  /// Calls the kernel; the result is left in a register: a number, or minus the number of the error.
  case call(SystemCallNumber, CallOperands, result: Register = .r0)
  /// Puts one of the numbers from 0 to `count` - 1 into a register: the usual one in a run, each of them where every
  /// schedule is explored.
  case choose(Register, count: Int, usual: Int)
  /// Ends the task with SIGABRT: an assertion has failed.
  case abort
}

/// How long instructions take if they name no time of their own.
public struct InstructionTimes: Sendable, Equatable {
  /// A system call, including the way into the kernel and back.
  public var systemCall: Duration
  /// Any other instruction.
  public var other: Duration

  /// Zero, unless they are given.
  public init(systemCall: Duration = .zero, other: Duration = .zero) {
    self.systemCall = systemCall
    self.other = other
  }
}
