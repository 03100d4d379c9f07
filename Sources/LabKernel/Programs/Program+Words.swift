// A program as a list of words: what an interpreter of these instructions that issues real system calls reads.

extension Program {
  /// The words of an instruction: which one it is, the register of its result, the bits of those words that are
  /// registers, its kind, and six words.
  package static let wordsPerInstruction = 4 + SystemCallArguments.count

  /// The program as words: how many instructions, bytes of data, of constants and of futexes there are, then the
  /// instructions and the constants.
  package var words: [Int] {
    var words = [instructions.count, data.size, constants.count, mutexes.count * Width.int.rawValue]
    for instruction in instructions { words += instruction.words }
    return words
  }
}

extension Instruction {
  /// The instruction as ``Program/wordsPerInstruction`` words.
  ///
  /// The number of each case is its place among the cases; a choice sets its register to the usual number.
  fileprivate var words: [Int] {
    switch self {
    case .compute: Self.words(0)
    case .set(let register, let operand): Self.words(1, register, [operand])
    case .arithmetic(let arithmetic, let register, let operand):
      Self.words(2, register, kind: arithmetic.place, [operand])
    case .load(let width, let register, let place): Self.words(3, register, kind: width.rawValue, place.operands)
    case .store(let width, let operand, let place): Self.words(4, kind: width.rawValue, [operand] + place.operands)
    case .digits(let operand, let place, let count): Self.words(5, count, [operand] + place.operands)
    case .jump(let target): Self.words(6, .r0, [.literal(target)])
    case .branch(let register, let comparison, let operand, let target):
      Self.words(7, register, kind: comparison.place, [operand, .literal(target)])
    case .subroutine(let target): Self.words(8, .r0, [.literal(target)])
    case .leave: Self.words(9)
    case .call(let number, let operands, let result):
      Self.words(10, result, kind: Int(number.rawValue), operands.list)
    case .choose(let register, _, let usual): Self.words(1, register, [.literal(usual)])
    case .abort: Self.words(11)
    }
  }

  private static func words(
    _ operation: Int, _ result: Register = .r0, kind: Int = 0, _ operands: [Operand] = []
  ) -> [Int] {
    var registers = 0
    var words = Array(repeating: 0, count: SystemCallArguments.count)
    for (index, operand) in operands.enumerated() {
      switch operand {
      case .literal(let number): words[index] = number
      case .register(let register):
        words[index] = Int(register.number)
        registers |= 1 << index
      }
    }
    return [operation, Int(result.number), registers, kind] + words
  }
}

extension Address {
  /// The offset, and the number of the register or -1.
  fileprivate var operands: [Operand] { [.literal(offset), .literal(base.map { Int($0.number) } ?? -1)] }
}

extension CaseIterable where Self: Equatable {
  /// Its place among all cases.
  fileprivate var place: Int { Self.allCases.enumerated().first { $0.element == self }?.offset ?? 0 }
}
