/// Executes a script: a small register program.
///
/// An instruction is fetched, takes its time, and then has its effect.
///
/// Invariant: `left` is zero, or the instruction at `counter` has been fetched.
package struct ScriptEngine: Sendable {
  /// The instruction that is executed, or will be next.
  var counter: Int32 = 0
  /// Whether that instruction has been fetched, and `left` of its time has yet to pass.
  var fetched = false
  /// Where the system call that was last made leaves its result.
  private(set) var resultRegister = Register.r0
  /// How much longer the fetched instruction takes.
  package internal(set) var left: Duration = .zero
  /// The segment that belongs to this task alone.
  private(set) var stack = Stack()
  /// What a program computes with; last, because what follows it in a task fits behind its nine words.
  var registers = Registers()

  /// An engine at the first instruction.
  package init() {}

  /// What it computes with, r0 … r7.
  var values: [Int] {
    get { (0..<Registers.count - 1).compactMap { Register($0) }.map { registers[$0] } }
    set {
      for (number, value) in newValue.enumerated() {
        if let register = Register(number) { registers[register] = value }
      }
    }
  }

  /// The register that leads to the stack.
  var stackPointer: Int {
    get { registers[.sp] }
    set { registers[.sp] = newValue }
  }

  /// The number of the next instruction.
  var place: Int {
    get { Int(counter) }
    set { counter = Int32(clamping: newValue) }
  }

  /// Lets `time` pass, and returns whether the fetched instruction takes still longer.
  @inline(__always)
  package mutating func pass(_ time: Duration) -> Bool {
    left -= time
    precondition(left >= .zero, "a task ran past its next stop")
    return left > .zero
  }

  /// Continues until it needs time, or the kernel.
  package mutating func run(
    code: borrowing Program, memory: inout MemoryMap?, times: InstructionTimes
  ) -> Stop {
    for _ in 0..<maximumStandstill {
      guard code.instructions.indices.contains(Int(counter)) else { return .halt }
      let instruction = code.instructions[Int(counter)]
      if !fetched {
        fetched = true
        left = max(.zero, instruction.time(times))
        if left > .zero { return .budget }
      }
      fetched = false
      counter += 1
      if let stop = execute(instruction, code, memory: &memory) { return stop }
    }
    return .exception(.SIGXCPU)
  }

  /// Has the system call, which did not end, made again when the task next runs.
  package mutating func restartSystemCall() {
    counter -= 1
    fetched = true
  }

  /// Leaves the result of a system call in the register that the call named.
  package mutating func setResult(_ value: Int) { registers[resultRegister] = value }

  /// The number at an address of the stack; nil for any other address.
  package func loadStack(_ width: Width, at address: Int) -> Int? {
    Segment.stack.offset(of: address, count: width.rawValue).map { offset in
      width.number { stack[offset + $0] }
    }
  }

  /// Stores a number on the stack; false for any other address.
  package mutating func storeStack(_ value: Int, _ width: Width, at address: Int) -> Bool {
    guard let offset = Segment.stack.offset(of: address, count: width.rawValue) else { return false }
    for index in 0..<width.rawValue { stack[offset + index] = Width.byte(index, of: value) }
    return true
  }

  @inline(__always)
  mutating func execute(
    _ instruction: Instruction, _ code: borrowing Program, memory: inout MemoryMap?
  ) -> Stop? {
    switch instruction {
    case .compute: break
    case .set(let register, let operand): registers[register] = value(operand)
    case .arithmetic(let arithmetic, let register, let operand):
      registers[register] = arithmetic.apply(registers[register], value(operand))
    case .load(let width, let register, let place):
      let address = address(place)
      guard let number = memory?.load(width, at: address) ?? loadElsewhere(width, at: address, code) else {
        return .pageFault(address: address)
      }
      registers[register] = number
    case .store(let width, let operand, let place):
      let address = address(place)
      guard memory?.store(value(operand), width, at: address) == true || storeStack(value(operand), width, at: address)
      else { return .pageFault(address: address) }
    case .digits(let operand, let place, let count):
      return writeDigits(value(operand), at: address(place), count: count, memory: &memory)
    case .jump(let target): counter = Int32(clamping: target)
    case .branch(let register, let comparison, let operand, let target):
      if comparison.holds(registers[register], value(operand)) { counter = Int32(clamping: target) }
    case .subroutine(let target):
      let place = registers[.sp] &- Width.word.rawValue
      guard memory?.store(Int(counter), .word, at: place) == true else { return .pageFault(address: place) }
      registers[.sp] = place
      counter = Int32(clamping: target)
    case .leave:
      guard let target = memory?.load(.word, at: registers[.sp]) else { return .pageFault(address: registers[.sp]) }
      registers[.sp] &+= Width.word.rawValue
      counter = Int32(clamping: target)
    case .call(let number, let operands, let result):
      resultRegister = result
      return .systemCall(number, operands.values(registers))
    case .choose(let register, _, let usual): registers[register] = usual
    case .abort: return .exception(.SIGABRT)
    }
    return nil
  }

  @inline(__always)
  func value(_ operand: Operand) -> Int {
    switch operand {
    case .literal(let number): number
    case .register(let register): registers[register]
    }
  }

  @inline(__always)
  func address(_ place: Address) -> Int {
    guard let base = place.base else { return place.offset }
    return registers[base] &+ place.offset
  }

  /// The number at an address that is not in the data segment.
  private func loadElsewhere(_ width: Width, at address: Int, _ code: borrowing Program) -> Int? {
    loadStack(width, at: address) ?? code.load(width, at: address)
  }

  private mutating func writeDigits(
    _ number: Int, at address: Int, count: Register, memory: inout MemoryMap?
  ) -> Stop? {
    var length = 0
    for digit in String(number).utf8 {
      let place = address &+ length
      guard memory?.store(Int(digit), .byte, at: place) == true || storeStack(Int(digit), .byte, at: place) else {
        return .pageFault(address: place)
      }
      length += 1
    }
    registers[count] = length
    return nil
  }
}

/// The bytes of a task's own stack.
///
/// Four words instead of an array, so that a task remains a row of plain numbers.
struct Stack: Sendable {
  private(set) var words = SIMD4<UInt64>()

  subscript(_ offset: Int) -> UInt8 {
    get { UInt8(truncatingIfNeeded: words[offset >> 3] >> UInt64(8 * (offset & 7))) }
    set {
      let shift = UInt64(8 * (offset & 7))
      words[offset >> 3] = words[offset >> 3] & ~(0xFF << shift) | UInt64(newValue) << shift
    }
  }
}

extension Instruction {
  /// How long it takes.
  func time(_ times: InstructionTimes) -> Duration {
    switch self {
    case .compute(let duration): duration
    case .call: times.systemCall
    case .set, .arithmetic, .load, .store, .digits, .jump, .branch, .subroutine, .leave, .choose, .abort: times.other
    }
  }
}

extension Arithmetic {
  @inline(__always)
  fileprivate func apply(_ left: Int, _ right: Int) -> Int {
    switch self {
    case .add: left &+ right
    case .subtract: left &- right
    case .multiply: left &* right
    case .and: left & right
    case .or: left | right
    case .shiftLeft: left &<< right
    case .shiftRight: left &>> right
    }
  }
}

extension Comparison {
  fileprivate func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .greater: left > right
    case .atMost: left <= right
    case .atLeast: left >= right
    }
  }
}
