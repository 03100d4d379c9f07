/// Reads the text of a program: one instruction per line, `name:` for a jump target, `#` for a comment.
///
/// ```swift
/// let program = try ProgramParser.parse("compute 5ms\nprint \"done\"")
/// ```
/// A line is an instruction of the machine, a system call by the name that the kernel's table has for it, or one of the
/// ``Spelling``s. `r2 = ` before a call says where its result goes. A duration may be a range, `2ms..6ms`: then it is
/// drawn once, when the program is read.
public struct ProgramParser {
  /// What has been read so far.
  var program: Program
  private var random: RandomSource
  /// The addresses of the texts that have names.
  var texts: [String: Int] = [:]
  private let draws: Bool
  private var labels: [String: Int] = [:]
  /// Jumps whose target is yet to be found: the instruction, the name, and the error if there is none.
  private var jumps: [(instruction: Int, name: String, error: ProgramError)] = []

  /// How many numbers a program may choose from at once.
  public static let maximumChoices = 256

  /// How many instructions a program may have.
  public static let maximumInstructions = 10_000

  /// The program that `source` describes.
  ///
  /// - Parameters:
  ///   - data: variables and buffers that are already known.
  ///   - seed: the seed for drawing from ranges.
  ///   - draws: whether choices are drawn too, and not 0.
  /// - Throws: the first ``ProgramError``.
  public static func parse(
    _ source: String, data: DataSegment = DataSegment(), seed: UInt64 = 1, draws: Bool = false
  ) throws(ProgramError) -> Program {
    var parser = ProgramParser(program: Program(data: data), random: RandomSource(seed: seed), draws: draws)
    for (index, text) in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      try parser.read(ProgramLine(text, number: index + 1))
    }
    for jump in parser.jumps {
      guard let target = parser.labels[jump.name] else { throw jump.error }
      parser.program.retarget(jump.instruction, to: target)
    }
    return parser.program
  }

  private init(program: Program, random: RandomSource, draws: Bool) {
    self.program = program
    self.random = random
    self.draws = draws
  }

  private mutating func read(_ line: ProgramLine) throws(ProgramError) {
    var line = line
    while line.peek.hasSuffix(":"), line.peek.count > 1 {
      let name = String(line.peek.dropLast())
      guard labels[name] == nil else { throw line.error(expected: "a name that is not taken") }
      labels[name] = program.instructions.count
      _ = try line.take("a name") { $0 }
    }
    guard !line.isAtEnd else { return }
    let start = line
    program.usesStack = program.usesStack || line.usesStack
    try readInstruction(&line, start)
    guard line.isAtEnd else { throw line.error(expected: "the end of the line") }
    guard program.instructions.count <= ProgramParser.maximumInstructions else {
      throw start.error(expected: "at most \(ProgramParser.maximumInstructions) instructions")
    }
    guard program.constants.count <= Segment.constants.maximumSize else {
      throw start.error(expected: "at most \(Segment.constants.maximumSize) bytes of texts and times")
    }
  }

  /// Reads what is on a line after its labels; `start` is the line as it was then.
  private mutating func readInstruction(_ line: inout ProgramLine, _ start: ProgramLine) throws(ProgramError) {
    if line.peekSecond == "=" { return try readCall(&line, result: try result(&line)) }
    if let arithmetic = Arithmetic(rawValue: line.peek) {
      _ = try line.take("an instruction") { $0 }
      return program.append(.arithmetic(arithmetic, try register(&line), try operand(&line)))
    }
    switch try line.take("an instruction", as: { $0 }) {
    case "compute": program.append(.compute(try duration(&line)))
    case "set": program.append(.set(try register(&line), try operand(&line)))
    case "load": program.append(.load(width(&line), try register(&line), try address(&line)))
    case "store": program.append(.store(width(&line), try operand(&line), try address(&line)))
    case "digits":
      let count = try register(&line)
      program.append(.digits(try operand(&line), at: try address(&line), count: count))
    case "goto": try jump(&line)
    case "if": try branch(&line)
    case "space": try space(&line)
    case "text": try namedText(&line)
    case "call": try callSubroutine(&line)
    case "ret": program.append(.leave)
    case "push":
      program.append(.arithmetic(.subtract, .sp, .literal(Width.word.rawValue)))
      program.append(.store(.word, try operand(&line), Address(0, base: .sp)))
    case "pop":
      program.append(.load(.word, try register(&line), Address(0, base: .sp)))
      program.append(.arithmetic(.add, .sp, .literal(Width.word.rawValue)))
    case "assert":
      let (register, comparison, operand) = try condition(&line)
      program.assert(register, comparison, operand, try text(&line))
    case "choose": try choose(&line)
    default:
      line = start
      try readCall(&line, result: .r0)
    }
  }

  private func result(_ line: inout ProgramLine) throws(ProgramError) -> Register {
    let register = try register(&line)
    _ = try line.take("=") { $0 == "=" ? $0 : nil }
    return register
  }

  private mutating func jump(_ line: inout ProgramLine) throws(ProgramError) {
    try note(&line)
    program.append(.jump(to: 0))
  }

  private mutating func branch(_ line: inout ProgramLine) throws(ProgramError) {
    let (register, comparison, operand) = try condition(&line)
    _ = try line.take("goto") { $0 == "goto" ? $0 : nil }
    try note(&line)
    program.append(.branch(register, comparison, operand, to: 0))
  }

  private func condition(_ line: inout ProgramLine) throws(ProgramError) -> (Register, Comparison, Operand) {
    let register = try register(&line)
    let comparison = try line.take("one of == != < > <= >=", as: Comparison.init(rawValue:))
    return (register, comparison, try operand(&line))
  }

  /// `choose r1 3`: 0 in a run, or a number drawn now if the program has a seed of its own.
  private mutating func choose(_ line: inout ProgramLine) throws(ProgramError) {
    let register = try register(&line)
    let most = ProgramParser.maximumChoices
    let count = try line.take("how many numbers, 1 to \(most)") {
      Int($0).flatMap { (1...most).contains($0) ? $0 : nil }
    }
    program.append(.choose(register, count: count, usual: draws ? random.draw(0...count - 1) : 0))
  }

  /// Notes that the current instruction jumps to the name that comes next.
  private mutating func note(_ line: inout ProgramLine) throws(ProgramError) {
    let error = line.error(expected: "a name that some line begins with")
    let name = try line.take("the name of a line") { $0 }
    jumps.append((program.instructions.count, name, error))
  }

  /// `call NAME` continues at a name, and after `ret` with the next line.
  private mutating func callSubroutine(_ line: inout ProgramLine) throws(ProgramError) {
    try note(&line)
    program.append(.subroutine(to: 0))
  }

  /// `text NAME "…"` gives a constant a name; a zero byte follows it.
  private mutating func namedText(_ line: inout ProgramLine) throws(ProgramError) {
    let start = line
    let name = try line.take("a name for the text") { $0 }
    guard texts[name] == nil, program.data.find(name) == nil else {
      throw start.error(expected: "a name that is not taken")
    }
    texts[name] = program.constant(path: try text(&line))
  }

  /// `space NAME SIZE` makes room for a buffer; if tasks share memory, another program may already have done so.
  private mutating func space(_ line: inout ProgramLine) throws(ProgramError) {
    let start = line
    let name = try line.take("a name for the buffer") { $0 }
    let known = program.data.find(name)
    let expected = known.map { "\($0.size) bytes, as it is elsewhere" } ?? "how many bytes"
    let size = try line.take(expected) { Int($0).flatMap { $0 > 0 && $0 == known?.size ?? $0 ? $0 : nil } }
    guard known != nil || program.data.add(name, size: size) != nil else {
      throw start.error(expected: ProgramParser.room)
    }
  }

  /// A duration, drawn if it is a range.
  mutating func duration(_ line: inout ProgramLine) throws(ProgramError) -> Duration {
    let range = try line.take("a duration such as 5ms, or a range such as 2ms..6ms") { ClosedRange(durations: $0) }
    if range.lowerBound == range.upperBound { return range.lowerBound }
    return .nanoseconds(random.draw(Int(range.lowerBound.nanoseconds)...Int(range.upperBound.nanoseconds)))
  }
}
