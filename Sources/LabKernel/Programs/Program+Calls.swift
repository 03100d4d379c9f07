// The calls that have a shorter form in scripts than in the kernel's table. Each is one system call, plus what it takes
// to hand it a structure or to take a result out of one: structures lie on the task's own stack.

extension Program {
  /// nanosleep(2).
  public mutating func sleep(_ duration: Duration, result: Register = .r0) {
    call("nanosleep", .literal(constant(duration)), result: result)
  }

  /// sched_yield(2).
  public mutating func yield(result: Register = .r0) { call("sched_yield", result: result) }

  /// clone(2) as fork(2) calls it.
  public mutating func fork(result: Register = .r0) {
    call("clone", .literal(Int(Signal.SIGCHLD.rawValue)), result: result)
  }

  /// wait4(2) for any child; its status goes into r1.
  public mutating func wait(result: Register = .r0) {
    call("wait4", .literal(-1), .literal(Segment.stack.start), result: result)
    append(.load(.int, .r1, Address(Segment.stack.start)))
  }

  /// sched_setscheduler(2).
  public mutating func setScheduler(
    _ policy: SchedulingPolicy, priority: Operand, pid: Operand = .literal(0), result: Register = .r0
  ) {
    append(.store(.int, priority, Address(Segment.stack.start)))
    call("sched_setscheduler", pid, .literal(policy.value), .literal(Segment.stack.start), result: result)
  }

  /// sched_getparam(2), for the caller; the priority is the result.
  public mutating func getPriority(result: Register = .r0) {
    call("sched_getparam", .literal(0), .literal(Segment.stack.start), result: result)
    append(.load(.int, result, Address(Segment.stack.start)))
  }

  /// pipe2(2); the descriptors of the two ends go into registers.
  public mutating func pipe(_ read: Register, _ write: Register, result: Register = .r0) {
    call("pipe2", .literal(Segment.stack.start), .literal(0), result: result)
    append(.load(.int, read, Address(Segment.stack.start)))
    append(.load(.int, write, Address(Segment.stack.start + Width.int.rawValue)))
  }

  /// fcntl(2), `F_SETFL` with `O_NONBLOCK`.
  public mutating func setNonblocking(_ descriptor: Operand, result: Register = .r0) {
    call(
      "fcntl", descriptor, .literal(FileCommand.F_SETFL.rawValue), .literal(FileFlag.O_NONBLOCK.rawValue),
      result: result)
  }

  /// futex(2) on a mutex; without a timeout, a wait may last forever.
  public mutating func futex(
    _ mutex: String, _ operation: FutexOperation, timeout: Duration? = nil, result: Register = .r0
  ) {
    let time = timeout.map { constant($0) } ?? 0
    call(
      "futex", .literal(self.mutex(mutex)), .literal(operation.rawValue), .literal(0), .literal(time), result: result)
  }

  /// write(2) of a text to the console.
  public mutating func print(_ text: String, result: Register = .r0) {
    call("write", .literal(1), .literal(constant(text)), .literal(text.utf8.count), result: result)
  }

  /// Ends the task with SIGABRT unless a comparison holds; a text on the console then says so.
  ///
  /// - Source: assert(3).
  public mutating func assert(_ register: Register, _ comparison: Comparison, _ operand: Operand, _ text: String) {
    append(.branch(register, comparison, operand, to: instructions.count + 3))
    print(Program.failed + text + "\n", result: .r0)
    append(.abort)
  }

  /// The text of the assertion whose last instruction is before `index`.
  func assertion(endingAt index: Int) -> String? {
    guard instructions.indices.contains(index - 2), case .abort = instructions[index - 1],
      case .call(_, let operands, _) = instructions[index - 2], let address = operands.literal(1),
      let count = operands.literal(2), let start = Segment.constants.offset(of: address, count: count),
      start + count <= constants.count
    else { return nil }
    let text = String(decoding: constants[start..<start + count], as: UTF8.self)
    return text.hasPrefix(Program.failed) ? String(text.dropFirst(Program.failed.count).dropLast()) : nil
  }

  private static let failed = "assertion failed: "

  /// write(2) of a number, in decimal digits, to the console.
  public mutating func print(_ number: Operand, result: Register = .r0) {
    append(.digits(number, at: Address(Segment.stack.start), count: result))
    call("write", .literal(1), .literal(Segment.stack.start), .register(result), result: result)
  }
}
