// What an instruction consists of, apart from its name.

extension ProgramParser {
  /// What an error expects when the data segment is full.
  static let room = "no more than \(Segment.data.maximumSize) bytes of variables and buffers"

  /// A register.
  func register(_ line: inout ProgramLine) throws(ProgramError) -> Register {
    try line.take("a register, r0 to r7", as: Register.init(name:))
  }

  /// A number, the name of one, a character, the address of a text or a buffer, or a register.
  func operand(_ line: inout ProgramLine) throws(ProgramError) -> Operand {
    if line.peek.hasPrefix("&") { return .literal(try place(&line)) }
    return try line.take("a number or a register") { word in
      Register(name: word).map(Operand.register) ?? Int(programNumber: word).map(Operand.literal)
    }
  }

  /// `byte` or `int`; a whole word if there is neither.
  func width(_ line: inout ProgramLine) -> Width {
    let widths: [String: Width] = ["byte": .byte, "int": .int]
    guard let width = widths[line.peek] else { return .word }
    line.skip()
    return width
  }

  /// `[name]`, `[r2]`, or either followed by ` + ` and a number or a register.
  mutating func address(_ line: inout ProgramLine) throws(ProgramError) -> Address {
    let start = line
    let parts = try line.take("a variable such as [counter]") { word in
      word.hasPrefix("[") && word.hasSuffix("]")
        ? word.dropFirst().dropLast().split(separator: "+").map { String($0.filter { $0 != " " }) } : nil
    }
    guard (1...2).contains(parts.count), parts[0] != "" else {
      throw start.error(expected: "a variable such as [counter]")
    }
    var address = Address(0)
    for part in parts {
      if let register = Register(name: part), address.base == nil {
        address.base = register
      } else if let number = Int(programNumber: part) {
        address.offset += number
      } else if let text = texts[part] {
        address.offset += text
      } else if let symbol = program.data.find(part) ?? program.data.add(part, size: Width.word.rawValue) {
        address.offset += symbol.address
      } else {
        throw start.error(expected: ProgramParser.room)
      }
    }
    return address
  }

  /// A text in quotes, with what follows each backslash in it turned into a character: `\n`, `\t`, `\0`, `\"`, `\\`.
  func text(_ line: inout ProgramLine) throws(ProgramError) -> String {
    let text = try line.take("a text in quotes") { word in
      word.hasSuffix("\"") && word.count > 1 ? String(word.dropFirst().dropLast()) : nil
    }
    return unescaped(text)
  }
}

extension Register {
  /// The register that is written `r0` … `r7`, or `sp`.
  init?(name: String) {
    if name == "sp" {
      self = .sp
      return
    }
    guard name.count == 2, name.first == "r", let number = Int(name.dropFirst()), number < 8 else { return nil }
    self.init(number)
  }
}

extension Int {
  /// A number as programs write it: digits (octal ones after `0o`, hexadecimal ones after `0x`) or a name such as
  /// `O_NONBLOCK`, with a minus sign before it or not; flags with `|` between them; or a character, `'x'`.
  init?(programNumber word: String) {
    if let number = Int(word) {
      self = number
    } else if word.hasPrefix("'"), word.hasSuffix("'"), word.count > 2 {
      let text = unescaped(String(word.dropFirst().dropLast()))
      guard text.utf8.count == 1, let byte = text.utf8.first else { return nil }
      self = Int(byte)
    } else if word.hasPrefix("0o") || word.hasPrefix("0x") {
      guard let number = Int(word.dropFirst(2), radix: word.hasPrefix("0o") ? 8 : 16) else { return nil }
      self = number
    } else if word.contains("|") {
      self = 0
      for flag in word.split(separator: "|", omittingEmptySubsequences: false) {
        guard let number = Int(programNumber: String(flag)) else { return nil }
        self |= number
      }
    } else if word.hasPrefix("-"), let number = NamedNumbers.value(of: String(word.dropFirst())) {
      self = -number
    } else if let number = NamedNumbers.value(of: word) {
      self = number
    } else {
      return nil
    }
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
  /// A whole number with its unit: `5ms`, `20us`, `100ns`, `1s`; nil for anything else, and for more than a year.
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

/// The characters that follow a backslash, and what they stand for.
private let escapes: [Character: Character] = ["n": "\n", "t": "\t", "0": "\0", "\"": "\"", "'": "'", "\\": "\\"]

/// A text with its escapes replaced; a backslash before any other character stands for itself.
private func unescaped(_ text: String) -> String {
  var result = ""
  var rest = text[...]
  while let character = rest.popFirst() {
    if character == "\\", let next = rest.first, let meaning = escapes[next] {
      rest = rest.dropFirst()
      result.append(meaning)
    } else {
      result.append(character)
    }
  }
  return result
}
