// Inputs and outputs of the realtime lab as lines of numbers.

private import Interleave

extension RealtimeLab.Input: Codable {
  /// Reads the line that `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    var line = try NumberLine(from: decoder)
    self.init(cpus: try line.read(), slice: try line.read(), [])
    while !line.isAtEnd { tasks.append(try RealtimeLab.Plan(from: &line)) }
  }

  /// Writes the machine, then the tasks.
  public func encode(to encoder: any Encoder) throws {
    var line = NumberLine()
    line.write(cpus, slice)
    for task in tasks { task.write(on: &line) }
    try line.encode(to: encoder)
  }
}

extension RealtimeLab.Plan {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    self.init(start: try line.read(), policy: try SchedulingPolicy(from: &line), priority: try line.read(), steps: [])
    for _ in 0..<max(0, try line.read()) { steps.append(try RealtimeLab.Step(from: &line)) }
  }

  fileprivate func write(on line: inout NumberLine) {
    line.write(start, policy.number, priority, steps.count)
    for step in steps { step.write(on: &line) }
  }
}

extension RealtimeLab.Step {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    switch try line.read() {
    case 0: self = .compute(try line.read())
    case 1: self = .sleep(try line.read())
    case 2: self = .yield
    case 3: self = .setScheduler(try SchedulingPolicy(from: &line), priority: try line.read())
    default: throw .unknownCode
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    switch self {
    case .compute(let ticks): line.write(0, ticks)
    case .sleep(let ticks): line.write(1, ticks)
    case .yield: line.write(2)
    case .setScheduler(let policy, let priority): line.write(3, policy.number, priority)
    }
  }
}

extension SchedulingPolicy {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    switch try line.read() {
    case 0: self = .normal
    case 1: self = .fifo
    case 2: self = .roundRobin
    default: throw .unknownCode
    }
  }

  fileprivate var number: Int {
    switch self {
    case .normal: 0
    case .fifo: 1
    case .roundRobin: 2
    }
  }
}

extension RealtimeLab.Output: Codable {
  private enum CodingKeys: String, CodingKey {
    case timelines = "cpus"
    case events
    case ticks
    case trouble
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    timelines = try container.decode([String].self, forKey: .timelines)
    ticks = try container.decode(Int.self, forKey: .ticks)
    trouble = try container.decode(String.self, forKey: .trouble)
    var line = try container.decode(NumberLine.self, forKey: .events)
    events = []
    while !line.isAtEnd { events.append(try RealtimeLab.Event(from: &line)) }
  }

  /// Writes the timelines as they are, and the events as one line.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(timelines, forKey: .timelines)
    try container.encode(ticks, forKey: .ticks)
    try container.encode(trouble, forKey: .trouble)
    var line = NumberLine()
    for event in events { event.write(on: &line) }
    try container.encode(line, forKey: .events)
  }
}

extension RealtimeLab.Event {
  fileprivate init(from line: inout NumberLine) throws(NumberLineError) {
    self.init(time: try line.read(), task: try line.read(), .becameRunnable)
    switch try line.read() {
    case 0: what = .becameRunnable
    case 1: what = .yielded
    case 2: what = .changed(try SchedulingPolicy(from: &line), priority: try line.read())
    default: throw .unknownCode
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    line.write(time, task)
    switch what {
    case .becameRunnable: line.write(0)
    case .yielded: line.write(1)
    case .changed(let policy, let priority): line.write(2, policy.number, priority)
    }
  }
}
