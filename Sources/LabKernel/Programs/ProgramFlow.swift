/// What the text of a program tells about all its runs.
///
/// ```
/// 0  load r1 [counter]     live before it: nothing
/// 1  add r1 1              r1
/// 2  store r1 [counter]    r1
/// 3  exit                  nothing
/// ```
/// Two states of a task that differ only in registers which the program never reads before it writes them have the same
/// future, and count as one state where every schedule is explored.
///
/// - Source: Kildall, A unified approach to global program optimization, POPL 1973, doi:10.1145/512927.512945.
package struct ProgramFlow: Sendable {
  /// Which of r0 … r7 are read before they are written, from each instruction on: a bit each.
  ///
  /// What `ret` leads to may read all of them.
  private var live: [UInt8]
  /// Whether its tasks may behave differently if tasks had other pids.
  package private(set) var heedsPIDs = false
  /// Whether its tasks may behave differently if another task, which has nothing open and owns nothing, had ended.
  package private(set) var heedsEnds = false

  /// The flow of a program.
  ///
  /// - Complexity: O(instructions x depth of loops).
  package init(_ program: Program) {
    let code = program.instructions
    live = Array(repeating: 0, count: code.count + 1)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for index in code.indices.reversed() {
        let after = code[index].successors(of: index).reduce(into: UInt8(0)) { $0 |= self.live(at: $1) }
        let before = after & ~code[index].written | code[index].read
        hasChanged = hasChanged || before != live[index]
        live[index] = before
      }
    }
    for (index, instruction) in code.enumerated() {
      guard case .call(let number, let operands, let result) = instruction else { continue }
      judge(number.name, operands, result: result, at: index, code)
    }
    if heedsEverything { live = Array(repeating: .max, count: code.count + 1) }
  }

  /// The registers whose contents matter before instruction `index`, a bit each.
  @inline(__always)
  package func live(at index: Int) -> UInt8 { live.indices.contains(index) ? live[index] : 0 }

  /// Whether it makes a call that is not known here, after which registers may be read anywhere.
  private(set) var heedsEverything = false

  private mutating func judge(
    _ name: String, _ operands: CallOperands, result: Register, at index: Int, _ code: [Instruction]
  ) {
    let isTested = isOnlyTested(result, from: index + 1, code, steps: 16)
    switch name {
    case "exit", "read", "write", "close", "dup", "dup3", "lseek", "pipe2", "fcntl", "nanosleep", "sched_yield",
      "futex":
      break
    case "getpid": heedsPIDs = heedsPIDs || live(at: index + 1) & bit(result) != 0
    case "clone":
      heedsPIDs = heedsPIDs || !isTested
      let flags = operands.literal(0)
      heedsEnds = heedsEnds || flags != 0 && flags != Int(Signal.SIGCHLD.rawValue)
    case "wait4":
      heedsPIDs = heedsPIDs || !isTested || operands.literal(0) != -1
      heedsEnds = true
    case "sched_setscheduler", "sched_getparam":
      heedsPIDs = heedsPIDs || operands.literal(0) != 0
      heedsEnds = heedsEnds || operands.literal(0) != 0
    default: (heedsPIDs, heedsEnds, heedsEverything) = (true, true, true)
    }
  }

  /// Whether all that is done with a register, before it is written again, is to compare it with a number that is not
  /// positive, as every pid is.
  private func isOnlyTested(_ register: Register, from index: Int, _ code: [Instruction], steps: Int) -> Bool {
    guard live(at: index) & bit(register) != 0 else { return true }
    guard steps > 0, code.indices.contains(index) else { return false }
    if case .branch(register, _, .literal(let number), _) = code[index] {
      guard number <= 0 else { return false }
    } else if code[index].read & bit(register) != 0 {
      return false
    }
    return code[index].successors(of: index).allSatisfy {
      isOnlyTested(register, from: $0, code, steps: steps - 1)
    }
  }

  private func bit(_ register: Register) -> UInt8 { 1 << register.number }
}

extension Instruction {
  /// The instructions that may follow it at `index`.
  fileprivate func successors(of index: Int) -> [Int] {
    switch self {
    case .jump(let target), .subroutine(let target): [target]
    case .branch(_, _, _, let target): [index + 1, target]
    case .abort, .leave: []
    case .compute, .set, .arithmetic, .load, .store, .digits, .call, .choose: [index + 1]
    }
  }

  /// The registers that it reads, a bit each.
  fileprivate var read: UInt8 {
    switch self {
    case .compute, .jump, .subroutine, .choose, .abort: 0
    case .leave: .max
    case .set(_, let operand): operand.read
    case .arithmetic(_, let register, let operand): 1 << register.number | operand.read
    case .load(_, _, let place): place.read
    case .store(_, let operand, let place), .digits(let operand, let place, _): operand.read | place.read
    case .branch(let register, _, let operand, _): 1 << register.number | operand.read
    case .call(_, let operands, _): operands.read
    }
  }

  /// The registers that it writes, a bit each.
  fileprivate var written: UInt8 {
    switch self {
    case .compute, .store, .jump, .branch, .subroutine, .leave, .abort: 0
    case .set(let register, _), .arithmetic(_, let register, _), .load(_, let register, _), .choose(let register, _, _),
      .digits(_, _, let register), .call(_, _, let register):
      1 << register.number
    }
  }
}

extension Operand {
  fileprivate var read: UInt8 {
    if case .register(let register) = self { return 1 << register.number }
    return 0
  }
}

extension Address {
  fileprivate var read: UInt8 { base.map { 1 << $0.number } ?? 0 }
}
