// A record on its way from another process: the numbers on one line, and the texts beside it.

private import Interleave

extension RunRecord: Codable {
  /// In the order in which they travel.
  private enum CodingKeys: String, CodingKey {
    case numbers, end, names, mutexes, sleepers, console
  }

  /// Reads what `encode(to:)` writes.
  ///
  /// Nothing is known of what it says but that it is a record: see ``isSound(for:)``.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    var line = try fields.decode(NumberLine.self, forKey: .numbers)
    end = try fields.decodeIfPresent(RunEnd.self, forKey: .end)
    let texts = try fields.decode([String].self, forKey: .names)
    mutexNames = try fields.decode([String].self, forKey: .mutexes)
    sleepers = try fields.decode([Sleeper].self, forKey: .sleepers)
    guard let console = Console(latin1: try fields.decode(String.self, forKey: .console)) else {
      throw NumberLineError.tooLong
    }
    self.console = console
    cpus = try line.read()
    now = try line.readInstant()
    switches = try line.read()
    busyTimes = try line.readList().map { Duration(nanoseconds: Int64($0)) }
    names = [:]
    for name in texts { names[try line.read(as: PID.self)] = name }
    figures = []
    for _ in 0..<(try line.readCount()) { figures.append(try TaskFigures(from: &line, names)) }
    arguments = []
    for _ in 0..<(try line.readCount()) { arguments.append(try SystemCallArguments(from: &line)) }
    events = []
    var time = Instant.zero
    while !line.isAtEnd {
      events.append(try TraceEvent(from: &line, after: time))
      time = events[events.count - 1].time
    }
  }

  /// Writes the numbers, then the texts; names in the order of their pids.
  public func encode(to encoder: any Encoder) throws {
    var line = NumberLine()
    line.write(cpus, Int(now.nanoseconds), switches)
    line.write(list: busyTimes.map { Int($0.nanoseconds) })
    let named = names.keys.sorted()
    for pid in named { line.write(Int(pid)) }
    line.write(figures.count)
    for task in figures { task.write(on: &line, names) }
    line.write(arguments.count)
    for words in arguments { for index in 0..<SystemCallArguments.count { line.write(words[index]) } }
    var time = Instant.zero
    for event in events {
      event.write(on: &line, after: time)
      time = event.time
    }
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(line, forKey: .numbers)
    try fields.encodeIfPresent(end, forKey: .end)
    try fields.encode(named.map { name(of: $0) }, forKey: .names)
    try fields.encode(mutexNames, forKey: .mutexes)
    try fields.encode(sleepers, forKey: .sleepers)
    try fields.encode(console.latin1, forKey: .console)
  }
}

extension TaskFigures {
  /// A task whose name is the one in the table: no other is known of a task.
  fileprivate init(from line: inout NumberLine, _ names: [PID: String]) throws {
    pid = try line.read(as: PID.self)
    name = names[pid] ?? ""
    var accounting = Accounting(created: try line.readInstant())
    accounting.runnableSince = try line.readInstant()
    accounting.run = Duration(nanoseconds: Int64(try line.read()))
    accounting.wait = Duration(nanoseconds: Int64(try line.read()))
    accounting.switches = try line.read(as: Int32.self)
    accounting.firstRan = try line.readOptional().map { Instant(nanoseconds: Int64($0)) }
    accounting.ended = try line.readOptional().map { Instant(nanoseconds: Int64($0)) }
    self.accounting = accounting
    status = try line.readOptional().map(ExitStatus.init(waitStatus:))
  }

  fileprivate func write(on line: inout NumberLine, _ names: [PID: String]) {
    line.write(Int(pid), Int(accounting.created.nanoseconds), Int(accounting.runnableSince.nanoseconds))
    line.write(Int(accounting.run.nanoseconds), Int(accounting.wait.nanoseconds), Int(accounting.switches))
    line.write(optional: accounting.firstRan.map { Int($0.nanoseconds) })
    line.write(optional: accounting.ended.map { Int($0.nanoseconds) })
    line.write(optional: status?.waitStatus)
  }
}

extension SystemCallArguments {
  fileprivate init(from line: inout NumberLine) throws {
    self.init(
      try line.read(), try line.read(), try line.read(), try line.read(), try line.read(), try line.read())
  }
}

extension TraceEvent {
  fileprivate init(from line: inout NumberLine, after last: Instant) throws {
    time = Instant(nanoseconds: last.nanoseconds &+ Int64(try line.read()))
    cpu = CPUID(integerLiteral: try line.read(as: Int16.self))
    what = try What(from: &line)
  }

  fileprivate func write(on line: inout NumberLine, after last: Instant) {
    line.write(Int(time.nanoseconds - last.nanoseconds), Int(cpu.raw))
    what.write(on: &line)
  }
}

extension TraceEvent.What {
  fileprivate init(from line: inout NumberLine) throws {
    let code = try line.read()
    let pid = try line.read(as: PID.self)
    switch code {
    case 0: self = .schedSwitch(previous: pid, state: try line.readCase(), next: try line.read(as: PID.self))
    case 1: self = .schedWakeup(pid)
    case 2:
      self = .schedWakeupNew(pid, parent: try line.read(as: PID.self), priority: try line.read(as: Int16.self))
    case 3: self = .schedProcessExit(pid, try ExitStatus(waitStatus: try line.read()))
    case 4: self = .schedProcessFree(pid)
    case 5: self = .sysEnter(pid, try line.readCall())
    case 6: self = .sysExit(pid, try line.readCall(), result: try line.read())
    case 7: self = .schedSetScheduler(pid, try line.readPolicy(), priority: try line.read(as: Int16.self))
    case 8: self = .schedPiSetprio(pid, old: try line.read(as: Int16.self), new: try line.read(as: Int16.self))
    case 9: self = .contentionBegin(pid, try line.readMutex())
    case 10: self = .lockAcquired(pid, try line.readMutex())
    case 11: self = .lockRelease(pid, try line.readMutex())
    case 12: self = .consoleWrite(pid, count: try line.read())
    default: throw NumberLineError.unknownCode
    }
  }

  fileprivate func write(on line: inout NumberLine) {
    switch self {
    case .schedSwitch(let pid, let state, let next): line.write(0, Int(pid), Int(state.rawValue), Int(next))
    case .schedWakeup(let pid): line.write(1, Int(pid))
    case .schedWakeupNew(let pid, let parent, let priority): line.write(2, Int(pid), Int(parent), Int(priority))
    case .schedProcessExit(let pid, let status): line.write(3, Int(pid), status.waitStatus)
    case .schedProcessFree(let pid): line.write(4, Int(pid))
    case .sysEnter(let pid, let call): line.write(5, Int(pid), Int(call.rawValue))
    case .sysExit(let pid, let call, let result): line.write(6, Int(pid), Int(call.rawValue), result)
    case .schedSetScheduler(let pid, let policy, let priority):
      line.write(7, Int(pid), NumberLine.code(of: policy), Int(priority))
    case .schedPiSetprio(let pid, let old, let new): line.write(8, Int(pid), Int(old), Int(new))
    case .contentionBegin(let pid, let mutex): line.write(9, Int(pid), mutex.index)
    case .lockAcquired(let pid, let mutex): line.write(10, Int(pid), mutex.index)
    case .lockRelease(let pid, let mutex): line.write(11, Int(pid), mutex.index)
    case .consoleWrite(let pid, let count): line.write(12, Int(pid), count)
    }
  }
}

extension ExitStatus {
  /// The status behind the word that wait(2) returns.
  fileprivate init(waitStatus: Int) throws {
    if let signal = UInt8(exactly: waitStatus).flatMap(Signal.init) {
      self = .signaled(signal)
    } else if waitStatus & 0xFF == 0, let code = UInt8(exactly: waitStatus >> 8) {
      self = .exited(code)
    } else {
      throw NumberLineError.unknownCode
    }
  }
}

extension Console {
  /// The bytes as the characters U+0000 to U+00FF, of which every text of such can be made again.
  fileprivate var latin1: String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }

  fileprivate init?(latin1 text: String) {
    let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    guard bytes.count == text.unicodeScalars.count else { return nil }
    self.init(bytes)
  }
}

extension NumberLine {
  fileprivate mutating func read<Number: FixedWidthInteger>(as type: Number.Type) throws -> Number {
    guard let number = Number(exactly: try read()) else { throw NumberLineError.unknownCode }
    return number
  }

  fileprivate mutating func readInstant() throws -> Instant { Instant(nanoseconds: Int64(try read())) }

  /// How many things follow, each of which takes a number at least.
  fileprivate mutating func readCount() throws -> Int {
    let count = try read()
    guard (0...numbers.count).contains(count) else { throw NumberLineError.tooShort }
    return count
  }

  fileprivate mutating func readOptional() throws -> Int? {
    let list = try readList()
    guard list.count <= 1 else { throw NumberLineError.tooLong }
    return list.first
  }

  fileprivate mutating func write(optional number: Int?) { write(list: number.map { [$0] } ?? []) }

  fileprivate mutating func readCase<Case: RawRepresentable>() throws -> Case where Case.RawValue == UInt8 {
    guard let value = Case(rawValue: try read(as: UInt8.self)) else { throw NumberLineError.unknownCode }
    return value
  }

  fileprivate mutating func readCall() throws -> SystemCallNumber {
    SystemCallNumber(rawValue: try read(as: UInt16.self))
  }

  private static let policies: [SchedulingPolicy] = [.normal, .fifo, .roundRobin]

  fileprivate mutating func readPolicy() throws -> SchedulingPolicy {
    let code = try read()
    guard Self.policies.indices.contains(code) else { throw NumberLineError.unknownCode }
    return Self.policies[code]
  }

  fileprivate static func code(of policy: SchedulingPolicy) -> Int {
    switch policy {
    case .normal: 0
    case .fifo: 1
    case .roundRobin: 2
    }
  }

  fileprivate mutating func readMutex() throws -> MutexID { MutexID(Int(try read(as: Int32.self))) }
}
