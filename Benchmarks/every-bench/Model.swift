import Exploration
import LabKernel

/// One of MOSAIC's models, as scripts for tasks that share memory, or for one task that forks.
struct Model {
  /// The variables that tell outcomes apart.
  let variables: [String]
  /// Whether an outcome in which tasks sleep forever is one of MOSAIC's: there, such tasks spin.
  let showsDeadlocks = false
  private let sources: [String]
  private let sharesMemory: Bool

  /// The model called `name` with these sizes; nil if there is none.
  init?(_ name: String, _ sizes: [Int]) {
    switch (name, sizes.count) {
    case ("parallel-inc", 2):
      sources = Array(repeating: Model.increments(sizes[0]), count: sizes[1])
      (variables, sharesMemory) = (["total"], true)
    case ("cond-var", 3):
      let put = Model.worker(sizes[0], from: 0, to: 1)
      let get = Model.worker(sizes[0], from: 1, to: 0)
      sources = Array(repeating: put, count: sizes[1]) + Array(repeating: get, count: sizes[2])
      (variables, sharesMemory) = (["count"], true)
    case ("tocttou", 1):
      sources = [Model.mailer] + Array(repeating: Model.attacker, count: sizes[0] - 1)
      (variables, sharesMemory) = (["link", "mailed"], true)
    case ("fork-buf", 1):
      sources = [Model.forks(sizes[0])]
      (variables, sharesMemory) = ([], false)
    default: return nil
    }
  }

  /// The machine with its tasks.
  func load() throws -> MachineLoad {
    var data = DataSegment()
    let programs = try sources.map { source in
      let program = try ProgramParser.parse(source, data: data)
      data = program.data
      return program
    }
    let jobs = programs.indices.map { index in
      MachineLoad.Job(
        name: "T\(index)", program: index, start: .zero, policy: .normal, realtimePriority: 0,
        sharesMemory: sharesMemory)
    }
    return MachineLoad(
      configuration: Configuration(), choices: [], programs: programs, jobs: jobs, end: nil, maximumEvents: 1)
  }

  /// An outcome in one line.
  func text(_ outcome: Census.Outcome) -> String {
    let values = variables.map { "\($0)=\(outcome.variables[$0] ?? 0)" }
    return ([outcome.console.replacing("\n", with: ",")] + values).filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func increments(_ rounds: Int) -> String {
    """
    set r2 \(rounds)
    again: load r1 [total]
    add r1 1
    store r1 [total]
    sub r2 1
    if r2 > 0 goto again
    """
  }

  /// A producer or a consumer: waits until `count` is `from`, and makes it `to`.
  private static func worker(_ rounds: Int, from: Int, to: Int) -> String {
    """
    set r2 \(rounds)
    again: lock m
    check: load r1 [count]
    if r1 == \(from) goto ready
    load r1 [signals]
    unlock m
    futex [signals] FUTEX_WAIT r1
    lock m
    goto check
    ready: load r1 [signals]
    add r1 1
    store r1 [signals]
    futex [signals] FUTEX_WAKE 1
    store \(to) [count]
    unlock m
    sub r2 1
    if r2 > 0 goto again
    """
  }

  /// Checks that the file is no link, and then writes to it, or to where it leads by then.
  private static let mailer = """
    load r1 [link]
    if r1 == 1 goto rejected
    lock m
    load r1 [link]
    if r1 == 1 goto elsewhere
    store 1 [mailed]
    unlock m
    print "file written"
    exit
    elsewhere: store 2 [mailed]
    unlock m
    print "/etc/passwd written"
    exit
    rejected: print "rejected"
    """

  private static let attacker = "lock m\nstore 1 [link]\nunlock m"

  private static func forks(_ rounds: Int) -> String {
    """
    space buffer 200
    set r3 \(rounds)
    again: fork
    digits r5 r0 [buffer + r4]
    add r4 r5
    store byte 10 [buffer + r4]
    add r4 1
    sub r3 1
    if r3 > 0 goto again
    write 1 &buffer r4
    """
  }
}
