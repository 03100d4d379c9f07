// How the words of a system call are read: according to its row in the table.

extension ProgramParser {
  /// Reads a call by its short spelling, or by its name in the table.
  mutating func readCall(_ line: inout ProgramLine, result: Register) throws(ProgramError) {
    let start = line
    let name = try line.take("an instruction") { $0 }
    if let spelling = Spelling.named(name) { return try spelling.read(&self, &line, result) }
    guard let call = SystemCall.named(name) else { throw start.error(expected: "an instruction") }
    var operands: [Operand] = []
    while operands.count < call.parameters.count {
      if line.isAtEnd, operands.count >= call.parameters.count - call.optional { break }
      operands += try self.operands(for: call.parameters[operands.count], &line)
    }
    program.append(.call(call.number, CallOperands(operands), result: result))
  }

  /// Reads one word of a call, or two if a text stands for an address and a length.
  private mutating func operands(
    for parameter: Parameter, _ line: inout ProgramLine
  ) throws(ProgramError) -> [Operand] {
    switch parameter {
    case .buffer: return try buffer(&line)
    case .path: return [try path(&line)]
    case .time where Duration(line.peek) != nil || line.peek.contains(".."):
      return [.literal(program.constant(try duration(&line)))]
    case .futex where line.peek.hasPrefix("&"):
      return [.literal(program.mutex(try name(&line)))]
    case .futex where line.peek.hasPrefix("["):
      let start = line
      let place = try address(&line)
      guard place.base == nil else { throw start.error(expected: "a variable such as [turn]") }
      return [.literal(place.offset)]
    case .address where texts[String(line.peek.dropFirst())] != nil: return [try operand(&line)]
    case .address where line.peek.hasPrefix("&"), .time where line.peek.hasPrefix("&"):
      return [.literal(try symbol(&line, size: 2 * Width.word.rawValue).address)]
    case .address, .time, .futex, .descriptor, .pid, .count, .operation, .flags, .value:
      return [try operand(&line)]
    }
  }

  /// A path: a text, a buffer with its name, or an address.
  mutating func path(_ line: inout ProgramLine) throws(ProgramError) -> Operand {
    if line.peek.hasPrefix("\"") { return .literal(program.constant(path: try text(&line))) }
    return try operand(&line)
  }

  /// The address of a text or a buffer that some line before has made, written `&name`.
  func place(_ line: inout ProgramLine) throws(ProgramError) -> Int {
    let start = line
    let name = try name(&line)
    guard let place = texts[name] ?? program.data.find(name)?.address else {
      throw start.error(expected: "a buffer that a line 'space \(name) SIZE' has made")
    }
    return place
  }

  /// A text; a buffer with its name; an address; or nothing, if only the number of bytes matters.
  private mutating func buffer(_ line: inout ProgramLine) throws(ProgramError) -> [Operand] {
    if line.peek.hasPrefix("\"") {
      let text = try text(&line)
      return [.literal(program.constant(text)), .literal(text.utf8.count)]
    }
    if line.peek.hasPrefix("&"), texts[String(line.peek.dropFirst())] != nil { return [try operand(&line)] }
    if line.peek.hasPrefix("&") {
      let count = Int(line.peekSecond)
      let symbol = try symbol(&line, size: count.map { max($0, 1) })
      guard count ?? 0 <= symbol.size else {
        throw line.error(expected: "at most \(symbol.size), the size of '\(symbol.name)'")
      }
      return [.literal(symbol.address)]
    }
    guard line.remaining < 2 else { return [try operand(&line)] }
    let start = line
    let size = try line.take("a buffer such as &line, a text, or how many bytes") { Int($0) }
    guard size > 0 else { return [.literal(0), .literal(size)] }
    let name = "\(size) bytes"
    guard let symbol = program.data.find(name) ?? program.data.add(name, size: size) else {
      throw start.error(expected: ProgramParser.room)
    }
    return [.literal(symbol.address), .literal(size)]
  }

  /// The symbol that is written `&name`; a new one gets `size` bytes.
  private mutating func symbol(
    _ line: inout ProgramLine, size: Int?
  ) throws(ProgramError) -> DataSegment.Symbol {
    let start = line
    let name = try name(&line)
    if let known = program.data.find(name) { return known }
    guard let size else { throw start.error(expected: "a buffer that a line 'space \(name) SIZE' has made") }
    guard let symbol = program.data.add(name, size: size) else { throw start.error(expected: ProgramParser.room) }
    return symbol
  }

  private func name(_ line: inout ProgramLine) throws(ProgramError) -> String {
    try line.take("a name such as &line") { $0.hasPrefix("&") && $0.count > 1 ? String($0.dropFirst()) : nil }
  }
}
