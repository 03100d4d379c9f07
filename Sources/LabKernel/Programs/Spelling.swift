/// A shorter form that scripts have for a system call of the table.
///
/// To add one, add a row.
///
/// - Source: an assembler has pseudo-instructions for the same reason: `li`, `call` and `ret` of RISC-V.
public struct Spelling: Sendable {
  /// An example.
  public let example: String
  /// The same call, as in the table of calls.
  public let call: String
  /// What follows the table's sentence, such as where else a result is.
  public let remark: String
  /// Reads what follows the name, and adds the instructions to the parser's program.
  let read: @Sendable (inout ProgramParser, inout ProgramLine, Register) throws(ProgramError) -> Void

  init(
    _ example: String, _ call: String, _ remark: String = "",
    _ read: @escaping @Sendable (inout ProgramParser, inout ProgramLine, Register) throws(ProgramError) -> Void
  ) {
    self.example = example
    self.call = call
    self.remark = remark
    self.read = read
  }

  /// Its first word.
  var name: String { String(example.prefix { $0 != " " }) }

  /// The spelling that begins with `name`, if there is one.
  static func named(_ name: String) -> Spelling? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// All spellings, in the order in which a reader needs them.
  public static let all = [
    Spelling("print \"text\\n\"", "write 1 \"text\\n\"", "or a number: print r1") {
      (parser, line, result) throws(ProgramError) in
      if line.peek.hasPrefix("\"") {
        parser.program.print(try parser.text(&line), result: result)
      } else {
        parser.program.print(try parser.operand(&line), result: result)
      }
    },
    Spelling("sleep 5ms", "nanosleep 5ms") { (parser, line, result) throws(ProgramError) in
      parser.program.sleep(try parser.duration(&line), result: result)
    },
    Spelling("yield", "sched_yield") { parser, _, result in parser.program.yield(result: result) },
    Spelling("fork", "clone SIGCHLD", "the child finds 0") { parser, _, result in
      parser.program.fork(result: result)
    },
    Spelling("wait", "wait4 -1 &status", "the status is loaded into r1") { parser, _, result in
      parser.program.wait(result: result)
    },
    Spelling("policy rr 10", "sched_setscheduler 0 SCHED_RR &parameters", "or of a pid: policy rr 10 r1") {
      (parser, line, result) throws(ProgramError) in
      let policy = try line.take("normal, fifo or rr", as: SchedulingPolicy.init(rawValue:))
      let priority = policy.isRealtime ? try parser.operand(&line) : .literal(0)
      let pid = line.isAtEnd ? .literal(0) : try parser.operand(&line)
      parser.program.setScheduler(policy, priority: priority, pid: pid, result: result)
    },
    Spelling("getparam", "sched_getparam 0 &parameters", "the priority is the result") { parser, _, result in
      parser.program.getPriority(result: result)
    },
    Spelling("pipe r4 r5", "pipe2 &descriptors", "the read end, the write end") {
      (parser, line, result) throws(ProgramError) in
      parser.program.pipe(try parser.register(&line), try parser.register(&line), result: result)
    },
    Spelling("dup2 r4 1", "dup3 r4 1", "EINVAL, and not 1, if r4 is 1 already") {
      (parser, line, result) throws(ProgramError) in
      let (old, new) = (try parser.operand(&line), try parser.operand(&line))
      parser.program.call("dup3", old, new, result: result)
    },
    Spelling("open \"f\" O_RDONLY", "openat AT_FDCWD \"f\" O_RDONLY", "with O_CREAT: open \"f\" O_RDWR|O_CREAT 0o644") {
      (parser, line, result) throws(ProgramError) in
      let (path, flags) = (try parser.path(&line), try parser.operand(&line))
      let mode = line.isAtEnd ? .literal(0) : try parser.operand(&line)
      parser.program.call("openat", .literal(PathFlag.AT_FDCWD.rawValue), path, flags, mode, result: result)
    },
    Spelling("unlink \"f\"", "unlinkat AT_FDCWD \"f\"") { (parser, line, result) throws(ProgramError) in
      parser.program.call(
        "unlinkat", .literal(PathFlag.AT_FDCWD.rawValue), try parser.path(&line), result: result)
    },
    Spelling("exec \"/bin/ls\" \"/tmp\"", "execve \"/bin/ls\" &argv 0", "the texts are the arguments, after the path") {
      (parser, line, result) throws(ProgramError) in
      let path = try parser.text(&line)
      var arguments = [path]
      while !line.isAtEnd { arguments.append(try parser.text(&line)) }
      let list = parser.program.constant(list: arguments)
      parser.program.call(
        "execve", .literal(parser.program.constant(path: path)), .literal(list), .literal(0), result: result)
    },
    Spelling("nonblock r5", "fcntl r5 F_SETFL O_NONBLOCK") { (parser, line, result) throws(ProgramError) in
      parser.program.setNonblocking(try parser.operand(&line), result: result)
    },
    Spelling("lock m", "futex &m FUTEX_LOCK_PI", "or for 5 ms at most: lock m 5ms") {
      (parser, line, result) throws(ProgramError) in
      let mutex = try line.take("the name of a mutex") { $0 }
      let timeout = line.isAtEnd ? nil : try parser.duration(&line)
      parser.program.futex(mutex, .FUTEX_LOCK_PI, timeout: timeout, result: result)
    },
    Spelling("trylock m", "futex &m FUTEX_TRYLOCK_PI") { (parser, line, result) throws(ProgramError) in
      parser.program.futex(try line.take("the name of a mutex") { $0 }, .FUTEX_TRYLOCK_PI, result: result)
    },
    Spelling("unlock m", "futex &m FUTEX_UNLOCK_PI") { (parser, line, result) throws(ProgramError) in
      parser.program.futex(try line.take("the name of a mutex") { $0 }, .FUTEX_UNLOCK_PI, result: result)
    },
  ]
}
