import LabKernel
import Testing

@Suite struct ScriptEngineTests {
  @Test(arguments: [
    ("getpid", "getpid", []), ("exit 259", "exit", [259]), ("exit", "exit", [0]),
    ("write 4 1048576 5", "write", [4, 1_048_576, 5]), ("close 6", "close", [6]), ("fork", "clone", [17]),
    ("nonblock 3", "fcntl", [3, 4, 2048]), ("trylock m", "futex", [Segment.futexes.start, 8]),
    ("unlock m", "futex", [Segment.futexes.start, 7]), ("lock m", "futex", [Segment.futexes.start, 6, 0, 0]),
    ("lock m 2ms", "futex", [Segment.futexes.start, 6, 0, Segment.constants.start]),
    ("sleep 2ms", "nanosleep", [Segment.constants.start]), ("nanosleep 2ms", "nanosleep", [Segment.constants.start]),
    ("print \"x\"", "write", [1, Segment.constants.start, 1]),
    ("write 4 \"xy\"", "write", [4, Segment.constants.start, 2]),
    ("read 3 &line 10", "read", [3, Segment.data.start, 10]),
    ("read 3 10", "read", [3, Segment.data.start, 10]), ("yield", "sched_yield", []),
    ("set r3 8\nsched_getparam r3 &x", "sched_getparam", [8, Segment.data.start]),
  ])
  func `a call is a number and six words`(source: String, name: String, words: [Int]) throws {
    let stop = try #require(try stops(source).first)
    guard case .systemCall(let number, let arguments) = stop else {
      Issue.record("\(stop) is no system call")
      return
    }
    #expect(number.name == name)
    #expect(
      (0..<SystemCallArguments.count).map { arguments[$0] } == words + Array(repeating: 0, count: 6 - words.count))
  }

  @Test(arguments: [
    ("set r2 5\nadd r2 -7", -2), ("set r2 5\nset r3 r2\nadd r3 r2\nset r2 r3", 10),
    ("store 9 [x]\nload r2 [x]", 9), ("load r2 [x]", 0), ("goto end\nset r2 1\nend:", 0),
    ("set r2 9223372036854775807\nadd r2 1", Int.min), ("set r2 7\nsub r2 9", -2), ("set r2 7\nmul r2 -3", -21),
    ("set r2 12\nand r2 10", 8), ("set r2 12\nor r2 10", 14), ("set r2 3\nshl r2 4", 48), ("set r2 -8\nshr r2 1", -4),
    ("set r2 768\nshr r2 8\nand r2 255", 3), ("store byte 300 [x]\nload r2 [x]", 44),
    ("space x 16\nset r3 8\nstore 5 [x + r3]\nload r2 [x + 8]", 5), ("store int -1 [x]\nload int r2 [x]", -1),
    ("store 1 [x]\nset r3 1048576\nload r2 [r3]", 1), ("set r2 -EAGAIN", -11),
    ("digits r3 -70 [x]\nload byte r2 [x + 1]", 55), ("digits r2 -70 [x]", 3),
  ])
  func `numbers are set, computed with, stored and loaded`(source: String, result: Int) throws {
    #expect(try register2(behind: source) == result)
  }

  @Test(arguments: [
    ("==", [false, true, false]), ("!=", [true, false, true]), ("<", [true, false, false]),
    (">", [false, false, true]),
  ])
  func `a branch is taken if its comparison holds`(comparison: String, taken: [Bool]) throws {
    let results = try [4, 5, 6].map { number in
      try stops("set r2 \(number)\nif r2 \(comparison) 5 goto end\nyield\nend:") == [.halt]
    }
    #expect(results == taken)
  }

  @Test func `a computation takes its time, in however many pieces`() throws {
    let program = try ProgramParser.parse("compute 5ms")
    var engine = ScriptEngine()
    var memory: MemoryMap?
    let pieces = [Duration.zero, .milliseconds(2), .milliseconds(1), .milliseconds(2)]
    let stops = pieces.map { engine.go(for: $0, code: program, memory: &memory, times: InstructionTimes()) }
    #expect(stops == [.budget, .budget, .budget, .halt])
  }

  @Test func `an instruction that names no time takes the machine's, before its effect`() throws {
    let program = try ProgramParser.parse("set r2 1\nyield")
    var engine = ScriptEngine()
    var memory: MemoryMap?
    let stops = [Duration.zero, .nanoseconds(10), .nanoseconds(10)].map {
      engine.go(for: $0, code: program, memory: &memory, times: tens)
    }
    #expect(stops == [.budget, .budget, call("sched_yield")])
  }

  @Test func `a system call that is tried again does not take its time twice`() throws {
    let program = try ProgramParser.parse("getpid")
    var engine = ScriptEngine()
    var memory: MemoryMap?
    _ = engine.go(for: .zero, code: program, memory: &memory, times: tens)
    let first = engine.go(for: .nanoseconds(10), code: program, memory: &memory, times: tens)
    engine.restartSystemCall()
    let second = engine.go(for: .zero, code: program, memory: &memory, times: tens)
    #expect([first, second] == [call("getpid"), call("getpid")])
  }

  @Test(arguments: [1, 8, -1, Segment.data.start + 8, Segment.data.start + 1, Segment.data.start - 1, Int.max, Int.min])
  func `an address that is not mapped is a page fault`(address: Int) throws {
    var program = try ProgramParser.parse("load r1 [x]")
    program = Program(data: program.data)
    program.append(.load(.word, .r0, Address(address)))
    #expect(stops(program) == [.pageFault(address: address)])
    program = Program(data: program.data)
    program.append(.store(.word, .literal(1), Address(address)))
    #expect(stops(program) == [.pageFault(address: address)])
  }

  @Test func `constants can be loaded but not stored to`() {
    var program = Program()
    let address = program.constant("abc")
    program.append(.load(.byte, .r0, Address(address + 1)))
    program.append(.branch(.r0, .notEqual, .literal(98), to: 9))
    program.append(.store(.byte, .literal(1), Address(address)))
    #expect(stops(program) == [.pageFault(address: address)])
    #expect(stops(Program([.load(.byte, .r0, Address(address))])) == [.pageFault(address: address)])
  }

  @Test func `the stack is the task's own, and has four words`() {
    let start = Segment.stack.start
    let program = Program([
      .store(.word, .literal(-7), Address(start + 24)), .load(.word, .r0, Address(start + 24)),
      .branch(.r0, .notEqual, .literal(-7), to: 9), .load(.word, .r0, Address(start + 25)),
    ])
    #expect(stops(program) == [.pageFault(address: start + 25)])
  }

  @Test func `a loop in which no time passes is SIGXCPU`() throws {
    #expect(try stops("again:\ngoto again") == [.exception(.SIGXCPU)])
  }

  @Test func `as many instructions as are allowed are no exception`() throws {
    let source = "set r2 1\nagain:\nadd r2 1\nif r2 < 49999 goto again"
    #expect(try stops(source) == [.halt])
  }

  @Test(arguments: [Int.min, -1, 5, Int(Int32.max), Int.max])
  func `a jump outside the program ends it`(target: Int) {
    #expect(stops(Program([.jump(to: target)])) == [.halt])
    #expect(stops(Program([.branch(.r0, .equal, .literal(0), to: target)])) == [.halt])
  }

  @Test func `a computation of negative length takes no time`() {
    var program = Program([.compute(Duration(nanoseconds: -5))])
    program.yield()
    #expect(stops(program) == [call("sched_yield"), .halt])
  }

  @Test(arguments: [("r3 = getpid", 42, 3), ("getpid", 42, 0), ("r7 = exit", -1, 7)])
  func `the result is left in the register that the call names`(source: String, result: Int, register: Int) throws {
    var engine = Engine(ProgramID(raw: 0))
    let program = try ProgramParser.parse("\(source)\nexit r\(register)")
    var memory: MemoryMap?
    _ = engine.run(code: program, memory: &memory, times: InstructionTimes())
    engine.setResult(result)
    let stop = engine.run(code: program, memory: &memory, times: InstructionTimes())
    #expect(stop == call("exit", result))
  }

  @Test func `the digits of any number fit on the stack`() throws {
    let program = try ProgramParser.parse("set r2 -9223372036854775807\nsub r2 1\nprint r2")
    guard case .systemCall("write", let words) = stops(program).first else {
      Issue.record("no write")
      return
    }
    #expect([words[0], words[1], words[2]] == [1, Segment.stack.start, 20])
  }

  private func call(_ number: SystemCallNumber, _ word: Int = 0) -> Stop {
    .systemCall(number, SystemCallArguments(word, 0, 0, 0, 0, 0))
  }

  /// What r2 holds when the program has ended.
  private func register2(behind source: String) throws -> Int? {
    guard case .systemCall("exit", let words) = try stops(source + "\nexit r2").first else { return nil }
    return words[0]
  }

  private func stops(_ source: String) throws -> [Stop] { stops(try ProgramParser.parse(source)) }

  /// The stops of the program, up to its end.
  private func stops(_ program: Program) -> [Stop] {
    var engine = ScriptEngine()
    var memory = program.data.size == 0 ? nil : MemoryMap(bytes: program.data.size)
    var stops: [Stop] = []
    for _ in 0..<10 {
      let stop = engine.go(for: engine.left, code: program, memory: &memory, times: InstructionTimes())
      stops.append(stop)
      switch stop {
      case .halt, .exception, .pageFault: return stops
      case .budget, .systemCall: continue
      }
    }
    return stops
  }
}

/// Each instruction takes ten nanoseconds.
private let tens = InstructionTimes(systemCall: .nanoseconds(10), other: .nanoseconds(10))

extension ScriptEngine {
  /// Lets time pass, and continues if the engine can.
  fileprivate mutating func go(
    for time: Duration, code: Program, memory: inout MemoryMap?, times: InstructionTimes
  ) -> Stop {
    pass(time) ? .budget : run(code: code, memory: &memory, times: times)
  }
}
