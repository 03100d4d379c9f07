import LabKernel
import Testing

@Suite struct ScriptEngineTests {
  @Test(arguments: [
    ("fork", SystemCall.fork), ("exit 259", .exit(3)), ("wait", .wait), ("sleep 2ms", .nanosleep(.milliseconds(2))),
    ("yield", .yield), ("getpid", .getpid), ("print \"x\"", .write(descriptor: 1, .text(0))),
    ("print 7", .printNumber(7)),
    ("read 3 10", .read(descriptor: 3, count: 10)), ("write 4 5", .write(descriptor: 4, .letters(5))),
    ("write 4 \"x\"", .write(descriptor: 4, .text(0))), ("close 6", .close(descriptor: 6)),
    ("nonblock 3", .setNonblocking(descriptor: 3)), ("policy rr 9", .setScheduler(.roundRobin, priority: 9)),
    ("pipe r0 r1", .pipe(.r0, .r1)), ("policy rr 9 r3", .setScheduler(.roundRobin, priority: 9, pid: 0)),
    ("getpriority", .getPriority), ("lock m", .lock(0, timeout: nil)),
    ("lock m 2ms", .lock(0, timeout: .milliseconds(2))), ("trylock m", .tryLock(0)), ("unlock m", .unlock(0)),
  ])
  func `an instruction that needs the kernel stops with its system call`(source: String, call: SystemCall) throws {
    #expect(try stops(source) == [.systemCall(call), .halt])
  }

  @Test(arguments: [
    ("set r2 5\nadd r2 -7", -2), ("set r2 5\nset r3 r2\nadd r3 r2\nset r2 r3", 10),
    ("store 9 [x]\nload r2 [x]", 9), ("load r2 [x]", 0), ("goto end\nset r2 1\nend:", 0),
    ("set r2 9223372036854775807\nadd r2 1", Int.min),
  ])
  func `numbers are set, added, stored and loaded`(source: String, result: Int) throws {
    #expect(try stops(source + "\nprint r2") == [.systemCall(.printNumber(result)), .halt])
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

  @Test func `a computation takes its time, in any pieces`() throws {
    let program = try ProgramParser.parse("compute 5ms")
    var engine = ScriptEngine(ProgramID(raw: 0))
    var memory: AddressSpace?
    let pieces = [Duration.zero, .milliseconds(2), .milliseconds(1), .milliseconds(2)]
    let stops = pieces.map { engine.run(for: $0, code: program, memory: &memory, instructionTime: .zero) }
    #expect(stops == [.budget, .budget, .budget, .halt])
  }

  @Test func `an instruction that names no time takes that of the machine, before its effect`() throws {
    let program = try ProgramParser.parse("set r2 1\nyield")
    var engine = ScriptEngine(ProgramID(raw: 0))
    var memory: AddressSpace?
    let stops = [Duration.zero, .nanoseconds(10), .nanoseconds(10)].map {
      engine.run(for: $0, code: program, memory: &memory, instructionTime: .nanoseconds(10))
    }
    #expect(stops == [.budget, .budget, .systemCall(.yield)])
  }

  @Test func `a system call that is tried again takes no time twice`() throws {
    let program = try ProgramParser.parse("wait")
    var engine = ScriptEngine(ProgramID(raw: 0))
    var memory: AddressSpace?
    _ = engine.run(for: .zero, code: program, memory: &memory, instructionTime: .nanoseconds(10))
    let first = engine.run(for: .nanoseconds(10), code: program, memory: &memory, instructionTime: .nanoseconds(10))
    engine.restartSystemCall()
    let second = engine.run(for: .zero, code: program, memory: &memory, instructionTime: .nanoseconds(10))
    #expect([first, second] == [.systemCall(.wait), .systemCall(.wait)])
  }

  @Test(arguments: [Instruction.load(.r0, address: 1), .store(.literal(1), address: -1), .load(.r0, address: .max)])
  func `a wild address is SIGSEGV`(instruction: Instruction) {
    #expect(stops(Program([instruction], variables: ["x"])) == [.exception(.SIGSEGV)])
  }

  @Test(arguments: [Instruction.load(.r0, address: 0), .store(.literal(1), address: 0)])
  func `any address is wild where there is no memory`(instruction: Instruction) {
    #expect(stops(Program([instruction])) == [.exception(.SIGSEGV)])
  }

  @Test func `a loop in which no time passes is SIGXCPU`() throws {
    #expect(try stops("again:\ngoto again") == [.exception(.SIGXCPU)])
  }

  @Test func `as many instructions as there may be are no exception`() throws {
    let source = "set r2 1\nagain:\nadd r2 1\nif r2 < 49999 goto again"
    #expect(try stops(source) == [.halt])
  }

  @Test(arguments: [Int.min, -1, 5, Int(Int32.max), Int.max])
  func `a jump outside is the end of the program`(target: Int) {
    #expect(stops(Program([.jump(to: target)])) == [.halt])
    #expect(stops(Program([.branch(.r0, .equal, .literal(0), to: target)])) == [.halt])
  }

  @Test func `a computation of less than no time takes none`() {
    let program = Program([.compute(Duration(nanoseconds: -5)), .wait])
    #expect(stops(program) == [.systemCall(.wait), .halt])
  }

  private func stops(_ source: String) throws -> [Stop] { stops(try ProgramParser.parse(source)) }

  /// Where the program stops, up to its end.
  private func stops(_ program: Program) -> [Stop] {
    var engine = ScriptEngine(ProgramID(raw: 0))
    var memory: AddressSpace? = program.variables.isEmpty ? nil : AddressSpace(words: program.variables.count)
    var stops: [Stop] = []
    for _ in 0..<10 {
      let stop = engine.run(for: engine.left, code: program, memory: &memory, instructionTime: .zero)
      stops.append(stop)
      switch stop {
      case .halt, .exception: return stops
      case .budget, .systemCall: continue
      }
    }
    return stops
  }
}
