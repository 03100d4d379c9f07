/// A program: instructions, and what its segments hold when it starts.
///
/// ```swift
/// var program = Program([.compute(.milliseconds(5))])
/// program.sleep(.milliseconds(2))
/// program.print("done\n")
/// ```
/// After the last instruction, the task exits with code 0.
public struct Program: Sendable, Hashable, Codable {
  /// What to do, in order.
  public private(set) var instructions: [Instruction]
  /// The segment of constants: texts, and times as `struct timespec`.
  public private(set) var constants: [UInt8] = []
  /// The names of what lies in the data segment.
  public internal(set) var data: DataSegment
  /// The names of the mutexes that the program uses, in the order of their words; the same name is the same mutex.
  public private(set) var mutexes: [String] = []

  /// A program without constants.
  public init(_ instructions: [Instruction] = [], data: DataSegment = DataSegment()) {
    self.instructions = instructions
    self.data = data
  }

  /// How long it computes, if it runs straight through.
  public var totalCompute: Duration {
    instructions.reduce(into: .zero) { total, instruction in
      if case .compute(let duration) = instruction { total += duration }
    }
  }

  /// Adds an instruction.
  public mutating func append(_ instruction: Instruction) { instructions.append(instruction) }

  /// Adds a system call.
  public mutating func call(_ number: SystemCallNumber, _ operands: Operand..., result: Register = .r0) {
    append(.call(number, CallOperands(operands), result: result))
  }

  /// Puts a text into the segment of constants, and returns its address.
  public mutating func constant(_ text: String) -> Int {
    defer { constants += text.utf8 }
    return Segment.constants.start + constants.count
  }

  /// Puts a text with a zero byte at its end into the segment of constants, and returns its address.
  public mutating func constant(path: String) -> Int { constant(path + "\0") }

  /// Puts a list of texts, each with a zero byte at its end, into the segment of constants, and returns the address of
  /// their addresses, after which there is a zero: an `argv`.
  public mutating func constant(list: [String]) -> Int {
    let addresses = list.map { constant(path: $0) } + [0]
    while !constants.count.isMultiple(of: 8) { constants.append(0) }
    defer { for address in addresses { constants += (0..<8).map { Width.byte($0, of: address) } } }
    return Segment.constants.start + constants.count
  }

  /// Whether it needs a stack: it names `sp`, or has subroutines.
  public internal(set) var usesStack = false

  /// Puts a time into the segment of constants, and returns its address: a `struct timespec`.
  public mutating func constant(_ time: Duration) -> Int {
    while !constants.count.isMultiple(of: 8) { constants.append(0) }
    let address = Segment.constants.start + constants.count
    let (seconds, rest) = Int(time.nanoseconds).quotientAndRemainder(dividingBy: 1_000_000_000)
    for number in [seconds, rest] { constants += (0..<8).map { Width.byte($0, of: number) } }
    return address
  }

  /// The address of the word that stands for a mutex.
  public mutating func mutex(_ name: String) -> Int {
    let number = mutexes.firstIndex(of: name) ?? mutexes.count
    if number == mutexes.count { mutexes.append(name) }
    return Segment.futexes.start + Program.futexSize * number
  }

  /// The number of the mutex whose word is at `address`, or nil for any other address.
  func mutexNumber(at address: Int) -> Int? {
    guard let offset = Segment.futexes.offset(of: address, count: Program.futexSize) else { return nil }
    let (number, rest) = offset.quotientAndRemainder(dividingBy: Program.futexSize)
    return rest == 0 && number < mutexes.count ? number : nil
  }

  /// A futex is four bytes.
  private static let futexSize = 4

  /// The constant at an address, or nil if there is none.
  func load(_ width: Width, at address: Int) -> Int? {
    guard let offset = Segment.constants.offset(of: address, count: width.rawValue),
      offset + width.rawValue <= constants.count
    else { return nil }
    return width.number { constants[offset + $0] }
  }

  /// Lets the jump or branch at `index` go to `target`.
  mutating func retarget(_ index: Int, to target: Int) {
    if case .branch(let register, let comparison, let operand, _) = instructions[index] {
      instructions[index] = .branch(register, comparison, operand, to: target)
    } else if case .subroutine = instructions[index] {
      instructions[index] = .subroutine(to: target)
    } else {
      instructions[index] = .jump(to: target)
    }
  }
}

/// The names of variables and buffers, and where they lie in the data segment.
///
/// Programs whose tasks share memory are read with the same segment, so that they agree on the addresses.
/// Invariant: each symbol lies after the one before it, at a multiple of 8.
public struct DataSegment: Sendable, Hashable, Codable {
  /// A variable or a buffer.
  public struct Symbol: Sendable, Hashable, Codable {
    /// Its name.
    public let name: String
    /// Its first address.
    public let address: Int
    /// How many bytes it has.
    public let size: Int
  }

  /// All names, in the order of their addresses.
  public private(set) var symbols: [Symbol] = []
  /// How many bytes all of them take.
  public private(set) var size = 0

  /// A segment with nothing in it.
  public init() {}

  /// The symbol called `name`, if there is one.
  public func find(_ name: String) -> Symbol? { symbols.first { $0.name == name } }

  /// Makes room for `size` bytes called `name`.
  ///
  /// - Returns: nil if the segment is full.
  public mutating func add(_ name: String, size: Int) -> Symbol? {
    let rounded = (size + 7) & ~7
    guard size > 0, self.size + rounded <= Segment.data.maximumSize else { return nil }
    let symbol = Symbol(name: name, address: Segment.data.start + self.size, size: size)
    self.size += rounded
    symbols.append(symbol)
    return symbol
  }
}

/// A program that the kernel has loaded.
public typealias ProgramID = Handle<Program>
