// An instruction as a script writes it, with the numbers that its registers hold now.

extension Program {
  /// The instruction at `index`; "ends" after the last one.
  ///
  /// - Parameter engine: whose registers are read.
  func text(at index: Int, _ engine: ScriptEngine) -> String {
    guard instructions.indices.contains(index) else { return "ends" }
    switch instructions[index] {
    case .compute(let time): return "compute \(time)"
    case .set(let register, let operand): return "set r\(register.number) \(engine.value(operand))"
    case .arithmetic(let arithmetic, let register, let operand):
      return "\(arithmetic.rawValue) r\(register.number) \(engine.value(operand))"
    case .load(_, let register, let place): return "load r\(register.number) [\(name(of: engine.address(place)))]"
    case .store(_, let operand, let place):
      return "store \(engine.value(operand)) [\(name(of: engine.address(place)))]"
    case .digits(let operand, let place, _):
      return "digits \(engine.value(operand)) [\(name(of: engine.address(place)))]"
    case .jump, .branch: return "jump"
    case .subroutine: return "call, to line \(index)"
    case .leave: return "ret"
    case .call(let number, let operands, _): return text(of: number, operands.values(engine.registers))
    case .choose(let register, let count, _): return "choose r\(register.number) \(count)"
    case .abort: return "abort"
    }
  }

  private func text(of number: SystemCallNumber, _ words: SystemCallArguments) -> String {
    guard let call = SystemCall.numbered(number) else { return number.name }
    var texts: [String] = []
    var isTold = false
    for (index, parameter) in call.parameters.enumerated() {
      if isTold {
        isTold = false
        continue
      }
      if index >= call.parameters.count - call.optional, words[index] == 0 { continue }
      if parameter == .buffer, let constant = constantText(at: words[index], count: words[index + 1]) {
        texts.append("\"\(constant)\"")
        isTold = true
      } else {
        texts.append(text(of: parameter, words[index]))
      }
    }
    return ([call.name] + texts).joined(separator: " ")
  }

  private func text(of parameter: Parameter, _ word: Int) -> String {
    switch parameter {
    case .descriptor, .pid, .count, .value: String(word)
    case .time: time(at: word)?.description ?? "&\(name(of: word))"
    case .futex: mutexNumber(at: word).map { "&\(mutexes[$0])" } ?? "&\(name(of: word))"
    case .operation: FutexOperation(rawValue: word).map { "\($0)" } ?? String(word)
    case .flags: Signal(rawValue: UInt8(truncatingIfNeeded: word)).map { "\($0)" } ?? String(word)
    case .path: path(at: word).map { "\"\($0)\"" } ?? "&\(name(of: word))"
    case .buffer, .address: "&\(name(of: word))"
    }
  }

  /// What a program calls an address: a variable, and how many bytes after it.
  private func name(of address: Int) -> String {
    if let symbol = data.symbols.last(where: { $0.address <= address && address < $0.address + $0.size }) {
      return symbol.name + (symbol.address == address ? "" : "+\(address - symbol.address)")
    }
    if let offset = Segment.stack.offset(of: address, count: 1) { return "stack" + (offset == 0 ? "" : "+\(offset)") }
    return "0x\(String(UInt(bitPattern: address), radix: 16))"
  }

  /// A text in the segment of constants, with line breaks as scripts write them.
  private func constantText(at address: Int, count: Int) -> String? {
    guard let start = Segment.constants.offset(of: address, count: count), start + count <= constants.count else {
      return nil
    }
    return String(decoding: constants[start..<start + count], as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).joined(separator: "\\n")
  }

  /// A text in the segment of constants that ends with a zero byte.
  private func path(at address: Int) -> String? {
    guard let start = Segment.constants.offset(of: address, count: 1), start < constants.count else { return nil }
    return String(decoding: constants[start...].prefix { $0 != 0 }, as: UTF8.self)
  }

  private func time(at address: Int) -> Duration? {
    guard let seconds = load(.word, at: address), let rest = load(.word, at: address &+ 8) else { return nil }
    return .seconds(seconds) + .nanoseconds(rest)
  }
}
