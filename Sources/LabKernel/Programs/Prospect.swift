/// What a task does next, as far as another task may notice it.
///
/// Two tasks can only affect each other where one calls the kernel, or touches memory that both have. What a task does
/// between two such places can be done at once, whatever other tasks do: no other order would make a difference.
package enum Prospect: Sendable, Equatable {
  /// No other task notices it.
  case alone
  /// Time has to pass first.
  case time(Duration)
  /// It loads from shared memory, or stores to it.
  case access
  /// It calls the kernel.
  case call(SystemCallNumber, SystemCallArguments)
  /// It chooses one of so many numbers.
  case choice(Int)
  /// It sees to a signal, or to a decision of its process.
  case signal
  /// It ends: its program is over.
  case end
  /// It is ended: an assertion has failed, or an address is not mapped.
  case failure
}

extension ScriptEngine {
  /// What the next instruction does.
  ///
  /// - Parameters:
  ///   - sizes: how many bytes of data, and of frames, the task has.
  ///   - isShared: whether other tasks have them too.
  ///   - times: how long instructions take; nil if no time passes.
  @inline(__always)
  func prospect(
    code: borrowing Program, sizes: (data: Int, frames: Int), isShared: Bool, times: InstructionTimes?
  ) -> Prospect {
    guard code.instructions.indices.contains(Int(counter)) else { return .end }
    let instruction = code.instructions[Int(counter)]
    if let times, !fetched || left > .zero {
      let time = fetched ? left : max(.zero, instruction.time(times))
      if time > .zero { return .time(time) }
    }
    switch instruction {
    case .compute, .set, .arithmetic, .jump, .branch: return .alone
    case .load(let width, _, let place):
      let address = address(place)
      let isConstant = code.load(width, at: address) != nil
      return isConstant ? .alone : access(address, width.rawValue, sizes, isShared)
    case .store(let width, _, let place): return access(address(place), width.rawValue, sizes, isShared)
    case .digits(_, let place, _): return access(address(place), ScriptEngine.longestNumber, sizes, isShared)
    case .subroutine: return access(registers[.sp] &- Width.word.rawValue, Width.word.rawValue, sizes, isShared)
    case .leave: return access(registers[.sp], Width.word.rawValue, sizes, isShared)
    case .call(let number, let operands, _): return .call(number, operands.values(registers))
    case .choose(_, let count, _): return .choice(count)
    case .abort: return .failure
    }
  }

  /// The length of the longest number in decimal digits.
  private static let longestNumber = 20

  private func access(_ address: Int, _ count: Int, _ sizes: (data: Int, frames: Int), _ isShared: Bool) -> Prospect {
    if Segment.stack.offset(of: address, count: count) != nil { return .alone }
    if let offset = Segment.data.offset(of: address, count: count), offset + count <= sizes.data {
      return isShared ? .access : .alone
    }
    guard let offset = Segment.frames.offset(of: address, count: count),
      offset >= Segment.frames.maximumSize - sizes.frames
    else { return .failure }
    return isShared ? .access : .alone
  }

  /// Executes instructions for as long as no other task notices.
  ///
  /// - Returns: false if that does not seem to end.
  mutating func runAlone(
    code: borrowing Program, memory: inout MemoryMap?, isShared: Bool, times: InstructionTimes?
  ) -> Bool {
    let sizes = memory?.sizes ?? (0, 0)
    for _ in 0..<maximumStandstill {
      guard prospect(code: code, sizes: sizes, isShared: isShared, times: times) == .alone else { return true }
      _ = takeOne(code: code, memory: &memory, choice: 0)
    }
    return false
  }

  /// The place that a load or a store is about to touch; nil for any other instruction.
  func place(code: borrowing Program) -> (width: Width, address: Int)? {
    guard code.instructions.indices.contains(Int(counter)) else { return nil }
    switch code.instructions[Int(counter)] {
    case .load(let width, _, let place), .store(let width, _, let place): return (width, address(place))
    case .compute, .set, .arithmetic, .digits, .jump, .branch, .subroutine, .leave, .call, .choose, .abort: return nil
    }
  }

  /// Executes one instruction, whose time has passed.
  ///
  /// - Parameter choice: the number that it chooses, if it is a choice.
  mutating func takeOne(code: borrowing Program, memory: inout MemoryMap?, choice: Int) -> Stop? {
    guard code.instructions.indices.contains(Int(counter)) else { return .halt }
    let instruction = code.instructions[Int(counter)]
    (fetched, left) = (false, .zero)
    counter += 1
    if case .choose(let register, _, _) = instruction {
      registers[register] = choice
      return nil
    }
    return execute(instruction, code, memory: &memory)
  }

  /// Adds everything that the rest of the program can depend on to `digest`.
  ///
  /// - Parameter flow: what is known about the program.
  @inline(__always)
  func digest(into digest: inout StateDigest, _ flow: ProgramFlow) {
    digest.combine(UInt32(bitPattern: counter), fetched ? 1 : 0)
    if left > .zero { digest.combine(Int(left.nanoseconds)) }
    var live = flow.live(at: Int(counter))
    while live != 0 {
      let number = live.trailingZeroBitCount
      live &= live - 1
      if let register = Register(number) { digest.combine(registers[register]) }
    }
    if registers[.sp] != 0 { digest.combine(registers[.sp]) }
    if stack.words != .zero { for index in 0..<4 { digest.combine(stack.words[index]) } }
  }
}
