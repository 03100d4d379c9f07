// Inputs and outputs of the buddy lab as lines of numbers.

private import Interleave

extension BuddyLab.Input: Codable {
  /// Reads the line that `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    var line = try NumberLine(from: decoder)
    self.init(frames: try line.read(), [])
    while !line.isAtEnd { operations.append(try BuddyLab.Operation(from: &line)) }
  }

  /// Writes the size of memory, then the operations.
  public func encode(to encoder: any Encoder) throws {
    var line = NumberLine()
    line.write(frames)
    for operation in operations { operation.write(on: &line) }
    try line.encode(to: encoder)
  }
}

extension BuddyLab.Operation {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    switch try line.read() {
    case 0: self = .allocate(order: try line.read(), block: try line.read())
    case 1: self = .free(block: try line.read())
    case 2: self = .freePart(block: try line.read(), offset: try line.read(), order: try line.read())
    case 3: self = .freeFrame(try line.read(), order: try line.read())
    default: throw .unknownCode
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    switch self {
    case .allocate(let order, let block): line.write(0, order, block)
    case .free(let block): line.write(1, block)
    case .freePart(let block, let offset, let order): line.write(2, block, offset, order)
    case .freeFrame(let frame, let order): line.write(3, frame, order)
    }
  }
}

extension BuddyLab.Output: Codable {
  /// Reads the line that `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    var line = try NumberLine(from: decoder)
    self.init(start: try line.readList(), steps: [])
    while !line.isAtEnd {
      let answer = try BuddyLab.Answer(from: &line)
      steps.append(BuddyLab.Step(answer, freeBlocks: try line.readList()))
    }
  }

  /// Writes the counts at the start, then the steps.
  public func encode(to encoder: any Encoder) throws {
    var line = NumberLine()
    line.write(list: start)
    for step in steps {
      step.answer.write(on: &line)
      line.write(list: step.freeBlocks)
    }
    try line.encode(to: encoder)
  }
}

extension BuddyLab.Answer {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    switch try line.read() {
    case 0: self = .block(try line.read())
    case 1: self = .noBlock
    case 2: self = .freed
    case 3: self = .refused(.doubleFree)
    case 4: self = .refused(.foreignFree)
    case 5: self = .skipped
    default: throw .unknownCode
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    switch self {
    case .block(let frame): line.write(0, frame)
    case .noBlock: line.write(1)
    case .freed: line.write(2)
    case .refused(.doubleFree): line.write(3)
    case .refused(.foreignFree): line.write(4)
    case .skipped: line.write(5)
    }
  }
}
