// Inputs and outputs of the pipe lab as lines of numbers.

private import Interleave

extension PipeLab.Input: Codable {
  /// Reads the line that `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    var line = try NumberLine(from: decoder)
    self.init([])
    while !line.isAtEnd { steps.append(PipeLab.Step(try line.read(), try PipeLab.Operation(from: &line))) }
  }

  /// Writes the steps.
  public func encode(to encoder: any Encoder) throws {
    var line = NumberLine()
    for step in steps {
      line.write(step.task)
      step.operation.write(on: &line)
    }
    try line.encode(to: encoder)
  }
}

extension PipeLab.Operation {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    switch try line.read() {
    case 0: self = .open(.read)
    case 1: self = .open(.write)
    case 2: self = .close(.read)
    case 3: self = .close(.write)
    case 4: self = .read(try line.read(), nonblocking: false)
    case 5: self = .read(try line.read(), nonblocking: true)
    case 6: self = .write(try line.read(), nonblocking: false)
    case 7: self = .write(try line.read(), nonblocking: true)
    default: throw .unknownCode
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    switch self {
    case .open(.read): line.write(0)
    case .open(.write): line.write(1)
    case .close(.read): line.write(2)
    case .close(.write): line.write(3)
    case .read(let count, let nonblocking): line.write(nonblocking ? 5 : 4, count)
    case .write(let count, let nonblocking): line.write(nonblocking ? 7 : 6, count)
    }
  }
}

extension PipeLab.Output: Codable {
  /// Reads the line that `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    var line = try NumberLine(from: decoder)
    self.init(events: [], asleep: [], isEndless: try line.read() == 1)
    asleep = try line.readList()
    while !line.isAtEnd { events.append(try PipeLab.Event(from: &line)) }
  }

  /// Writes how the case ended, then the events.
  public func encode(to encoder: any Encoder) throws {
    var line = NumberLine()
    line.write(isEndless ? 1 : 0)
    line.write(list: asleep)
    for event in events { event.write(on: &line) }
    try line.encode(to: encoder)
  }
}

extension PipeLab.Event {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    self.init(
      step: try line.read(), isRetry: try line.read() == 1, answer: try PipeAnswer(from: &line),
      content: try PipeLab.Content(from: &line), count: try line.read(), woken: try line.read())
  }

  fileprivate func write(on line: inout NumberLine) {
    line.write(step, isRetry ? 1 : 0)
    answer.write(on: &line)
    content.write(on: &line)
    line.write(count, woken)
  }
}

extension PipeAnswer {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    switch try line.read() {
    case 0: self = .done(try line.read())
    case 1: self = .sleep(progress: try line.read())
    case let code:
      guard let error = Errno.allCases.first(where: { -$0.rawValue == code }) else { throw .unknownCode }
      self = .failed(error)
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    switch self {
    case .done(let count): line.write(0, count)
    case .sleep(let progress): line.write(1, progress)
    case .failed(let error): line.write(-error.rawValue)
    }
  }
}

extension PipeLab.Content {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    self.init()
    count = try line.read()
    let numbers = try line.readList()
    for pair in stride(from: 0, to: numbers.count - 1, by: 2) {
      guard let first = UInt8(exactly: numbers[pair]), numbers[pair + 1] >= 0 else { throw .unknownCode }
      runs.append(PipeLab.Run(first: first, count: numbers[pair + 1]))
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    line.write(count)
    line.write(list: runs.flatMap { [Int($0.first), $0.count] })
  }
}
