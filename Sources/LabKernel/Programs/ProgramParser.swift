/// Reads the text of a program: one instruction a line, `name:` for a place to go to, `#` for a comment.
///
/// ```swift
/// let program = try ProgramParser.parse("compute 5ms\nprint \"done\"")
/// ```
/// A duration may be a range, `2ms..6ms`: then it is drawn once, when the program is read.
public struct ProgramParser {
  private var instructions: [Instruction] = []
  private var texts: [String] = []
  private var variables: [String]
  private var mutexes: [String] = []
  private var random: RandomSource
  private var labels: [String: Int] = [:]
  /// Jumps whose target is still to be found: the instruction, the name, and where that stands.
  private var jumps: [(instruction: Int, name: String, error: ProgramError)] = []

  /// How many instructions a program may have.
  public static let maximumInstructions = 10_000

  /// The program that `source` describes.
  ///
  /// - Parameters:
  ///   - variables: words of memory that are known already, in the order of their addresses.
  ///   - seed: what ranges are drawn with.
  /// - Throws: the first ``ProgramError``.
  public static func parse(
    _ source: String, variables: [String] = [], seed: UInt64 = 1
  ) throws(ProgramError) -> Program {
    var parser = ProgramParser(variables: variables, random: RandomSource(seed: seed))
    for (index, text) in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      try parser.read(ProgramLine(text, number: index + 1))
    }
    try parser.resolveJumps()
    return Program(parser.instructions, texts: parser.texts, variables: parser.variables, mutexes: parser.mutexes)
  }

  private init(variables: [String], random: RandomSource) {
    self.variables = variables
    self.random = random
  }

  private mutating func read(_ line: ProgramLine) throws(ProgramError) {
    var line = line
    while line.peek.hasSuffix(":"), line.peek.count > 1 {
      let name = String(line.peek.dropLast())
      guard labels[name] == nil else { throw line.error(expected: "a name that is not taken") }
      labels[name] = instructions.count
      _ = try line.take("a name") { $0 }
    }
    guard !line.isAtEnd else { return }
    let start = line
    guard let instruction = try self.instruction(&line) else { throw start.error(expected: "an instruction") }
    guard line.isAtEnd else { throw line.error(expected: "the end of the line") }
    instructions.append(instruction)
    guard instructions.count <= ProgramParser.maximumInstructions else {
      throw start.error(expected: "at most \(ProgramParser.maximumInstructions) instructions")
    }
  }

  /// The instruction on `line`, or nil where its first word names none.
  private mutating func instruction(_ line: inout ProgramLine) throws(ProgramError) -> Instruction? {
    switch try line.take("an instruction", as: { $0 }) {
    case "compute": .compute(try duration(&line))
    case "sleep": .sleep(try duration(&line))
    case "set": .set(try register(&line), try operand(&line))
    case "add": .add(try register(&line), try operand(&line))
    case "load": .load(try register(&line), address: try variable(&line))
    case "store": .store(try operand(&line), address: try variable(&line))
    case "goto": try jump(&line)
    case "if": try branch(&line)
    case "print": try print(&line)
    case "fork": .fork
    case "exit": .exit(line.isAtEnd ? .literal(0) : try operand(&line))
    case "wait": .wait
    case "yield": .yield
    case "getpid": .getpid
    case "pipe": .pipe(try register(&line), try register(&line))
    case "read": .read(try operand(&line), try operand(&line))
    case "write": .write(try operand(&line), try source(&line))
    case "close": .close(try operand(&line))
    case "nonblock": .setNonblocking(try operand(&line))
    case "policy": try policy(&line)
    case "getpriority": .getPriority
    case "lock": .lock(try mutex(&line), timeout: line.isAtEnd ? nil : try duration(&line))
    case "trylock": .tryLock(try mutex(&line))
    case "unlock": .unlock(try mutex(&line))
    default: nil
    }
  }

  private mutating func duration(_ line: inout ProgramLine) throws(ProgramError) -> Duration {
    let range = try line.take("a duration such as 5ms, or a range such as 2ms..6ms") { ClosedRange(durations: $0) }
    if range.lowerBound == range.upperBound { return range.lowerBound }
    return .nanoseconds(random.draw(Int(range.lowerBound.nanoseconds)...Int(range.upperBound.nanoseconds)))
  }

  private func register(_ line: inout ProgramLine) throws(ProgramError) -> Register {
    try line.take("a register, r0 to r7", as: Register.init(name:))
  }

  private func operand(_ line: inout ProgramLine) throws(ProgramError) -> Operand {
    try line.take("a number or a register") { word in
      Register(name: word).map(Operand.register) ?? Int(word).map(Operand.literal)
    }
  }

  private mutating func variable(_ line: inout ProgramLine) throws(ProgramError) -> Int {
    let name = try line.take("a variable such as [counter]") { word in
      word.hasPrefix("[") && word.hasSuffix("]") && word.count > 2 ? String(word.dropFirst().dropLast()) : nil
    }
    if let known = variables.firstIndex(of: name) { return known }
    variables.append(name)
    return variables.count - 1
  }

  private mutating func mutex(_ line: inout ProgramLine) throws(ProgramError) -> Int {
    let name = try line.take("the name of a mutex") { $0 }
    if let known = mutexes.firstIndex(of: name) { return known }
    mutexes.append(name)
    return mutexes.count - 1
  }

  private mutating func print(_ line: inout ProgramLine) throws(ProgramError) -> Instruction {
    line.peek.hasPrefix("\"") ? .printText(try text(&line)) : .printNumber(try operand(&line))
  }

  private mutating func source(_ line: inout ProgramLine) throws(ProgramError) -> WriteSource {
    line.peek.hasPrefix("\"") ? .text(try text(&line)) : .letters(try operand(&line))
  }

  private mutating func text(_ line: inout ProgramLine) throws(ProgramError) -> Int {
    let text = try line.take("a text in quotes") { word in
      word.hasSuffix("\"") && word.count > 1 ? String(word.dropFirst().dropLast()) : nil
    }
    texts.append(withLineBreaks(text))
    return texts.count - 1
  }

  /// `text` with each `\n` in it made a line break.
  private func withLineBreaks(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "\\", rest.first == "n" {
        rest = rest.dropFirst()
        result.append("\n")
      } else {
        result.append(character)
      }
    }
    return result
  }

  private mutating func jump(_ line: inout ProgramLine) throws(ProgramError) -> Instruction {
    try note(&line)
    return .jump(to: 0)
  }

  private mutating func branch(_ line: inout ProgramLine) throws(ProgramError) -> Instruction {
    let register = try register(&line)
    let comparison = try line.take("one of == != < >", as: Comparison.init(rawValue:))
    let operand = try operand(&line)
    _ = try line.take("goto") { $0 == "goto" ? $0 : nil }
    try note(&line)
    return .branch(register, comparison, operand, to: 0)
  }

  /// Remembers that the instruction in hand goes to the name that comes next.
  private mutating func note(_ line: inout ProgramLine) throws(ProgramError) {
    let error = line.error(expected: "a name that some line begins with")
    let name = try line.take("the name of a line") { $0 }
    jumps.append((instructions.count, name, error))
  }

  private func policy(_ line: inout ProgramLine) throws(ProgramError) -> Instruction {
    let policy = try line.take("normal, fifo or rr", as: SchedulingPolicy.init(rawValue:))
    let priority = policy.isRealtime ? try operand(&line) : .literal(0)
    return .setScheduler(policy, priority: priority, pid: line.isAtEnd ? .literal(0) : try operand(&line))
  }

  private mutating func resolveJumps() throws(ProgramError) {
    for jump in jumps {
      guard let target = labels[jump.name] else { throw jump.error }
      switch instructions[jump.instruction] {
      case .branch(let register, let comparison, let operand, _):
        instructions[jump.instruction] = .branch(register, comparison, operand, to: target)
      case .jump, .compute, .set, .add, .load, .store, .printText, .printNumber, .fork, .exit, .wait, .sleep, .yield,
        .getpid, .pipe, .read, .write, .close, .setNonblocking, .setScheduler, .getPriority, .lock, .tryLock, .unlock:
        instructions[jump.instruction] = .jump(to: target)
      }
    }
  }
}

extension Register {
  /// The register that is written `r0` … `r7`.
  init?(name: String) {
    guard name.count == 2, name.first == "r", let number = Int(name.dropFirst()) else { return nil }
    self.init(number)
  }
}

extension ClosedRange<Duration> {
  /// One duration, or two with `..` between them, the shorter first.
  init?(durations text: String) {
    let dots = text.indices.first { text[$0...].hasPrefix("..") }
    guard let first = Duration(String(text[..<(dots ?? text.endIndex)])) else { return nil }
    guard let dots else {
      self = first...first
      return
    }
    guard let last = Duration(String(text[dots...].dropFirst(2))), first <= last else { return nil }
    self = first...last
  }
}

extension Duration {
  /// A whole number with its unit: `5ms`, `20us`, `100ns`, `1s`; nil for anything else, and for what lasts over a year.
  public init?(_ text: String) {
    let units: [(String, Int64)] = [("ns", 1), ("us", 1000), ("ms", 1_000_000), ("s", 1_000_000_000)]
    for (unit, size) in units {
      guard text.hasSuffix(unit), let count = Int64(text.dropLast(unit.count)), count >= 0 else { continue }
      let (nanoseconds, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow, nanoseconds <= Duration.longest.nanoseconds else { return nil }
      self.init(nanoseconds: nanoseconds)
      return
    }
    return nil
  }

  /// The longest that a program may name: a year.
  public static let longest = Duration.seconds(365 * 24 * 3600)
}
