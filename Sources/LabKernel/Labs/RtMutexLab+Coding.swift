// Inputs and outputs of the rt-mutex lab as lines of numbers.

private import Interleave

extension RtMutexLab.Input: Codable {
  /// Reads the line that `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    var line = try NumberLine(from: decoder)
    self.init(try line.readList(), [])
    while !line.isAtEnd {
      steps.append(RtMutexLab.Step(try line.read(), try RtMutexLab.Operation(from: &line)))
    }
  }

  /// Writes the tasks, then the steps.
  public func encode(to encoder: any Encoder) throws {
    var line = NumberLine()
    line.write(list: priorities)
    for step in steps {
      line.write(step.task)
      step.operation.write(on: &line)
    }
    try line.encode(to: encoder)
  }
}

extension RtMutexLab.Operation {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    switch try line.read() {
    case 0: self = .lock(try line.read())
    case 1: self = .unlock(try line.read())
    case 2: self = .giveUp
    case 3: self = .setPriority(try line.read())
    default: throw .unknownCode
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    switch self {
    case .lock(let mutex): line.write(0, mutex)
    case .unlock(let mutex): line.write(1, mutex)
    case .giveUp: line.write(2)
    case .setPriority(let priority): line.write(3, priority)
    }
  }
}

extension RtMutexLab.Output: Codable {
  /// Reads the line that `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    var line = try NumberLine(from: decoder)
    self.init([])
    while !line.isAtEnd {
      let answer = try RtMutexLab.Answer(from: &line)
      replies.append(
        RtMutexLab.Reply(
          answer, owners: try line.readList(), priorities: try line.readList(), touched: try line.read()))
    }
  }

  /// Writes the replies.
  public func encode(to encoder: any Encoder) throws {
    var line = NumberLine()
    for reply in replies {
      reply.answer.write(on: &line)
      line.write(list: reply.owners)
      line.write(list: reply.priorities)
      line.write(reply.touched)
    }
    try line.encode(to: encoder)
  }
}

extension RtMutexLab.Answer {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    switch try line.read() {
    case 0: self = .acquired
    case 1: self = .waits
    case 2: self = .handed(try line.read())
    case 3: self = .done
    case 4: self = .refused(try Errno(from: &line))
    case 5: self = .skipped
    default: throw .unknownCode
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    switch self {
    case .acquired: line.write(0)
    case .waits: line.write(1)
    case .handed(let task): line.write(2, task)
    case .done: line.write(3)
    case .refused(let error): line.write(4, error.rawValue)
    case .skipped: line.write(5)
    }
  }
}

extension Errno {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    let number = try line.read()
    guard let error = Errno.allCases.first(where: { $0.rawValue == number }) else { throw .unknownCode }
    self = error
  }
}
