import Judging
import LabHarness
import LabKernel

extension ExecText {
  /// The beginning of a program.
  package static let program = ExecText("\u{7F}ELF")
}

extension ExecImageLab.Operation {
  /// Lays out a stack at a usual place.
  package static let layOut = Self.stack(
    top: 0x7FFF_F000, entry: 0x1_0000, ids: ExecIDs(uid: 1000, euid: 1001, gid: 100, egid: 101))

  /// Resets a task; one that has used everything that there is unless said otherwise.
  package static func renew(_ task: ExecTask = .used) -> Self { .reset(task, entry: 0x2_0040, stack: 0x7FFF_EF80) }
}

extension ExecTask {
  /// A task that has used everything.
  package static let used = ExecTask(
    name: Array("parent".utf8), counter: 0x1_0404, stackPointer: 0x7FFF_E000, registers: [3, 0, -1, 70_000],
    actions: [
      Action(.standard), Action(.ignored), Action(.function(0x1_0100)),
      Action(.function(0x1_0200), flags: 0x1000_0000, mask: 5), Action(.ignored, flags: 2, mask: 8),
      Action(.standard, flags: 4, mask: 16),
    ],
    blocked: 0b10010, pending: 0b100, alternateStack: AlternateStack(start: 0x5_0000, size: 8192),
    descriptors: [
      Descriptor(0), Descriptor(1), Descriptor(2), Descriptor(3, closesOnExec: true), Descriptor(5),
      Descriptor(8, closesOnExec: true),
    ])

  /// A task that has used hardly anything.
  package static let new = ExecTask(
    name: Array("init".utf8), counter: 0, stackPointer: 0, registers: [0], actions: [Action(.standard)],
    descriptors: [Descriptor(0)])
}

extension RandomSource {
  /// Draws a string of some of these characters.
  package mutating func string(_ lengths: ClosedRange<Int>, of letters: String = "abcDEF/=-. 09") -> String {
    let letters = Array(letters)
    return String((0..<draw(lengths)).map { _ in letters[draw(0...letters.count - 1)] })
  }

  /// Draws strings.
  package mutating func strings(_ counts: ClosedRange<Int>, _ lengths: ClosedRange<Int>) -> [ExecText] {
    (0..<draw(counts)).map { _ in ExecText(string(lengths)) }
  }

  /// Draws the place of a stack: its top, and everything else that the auxiliary vector tells.
  package mutating func stack() -> ExecImageLab.Operation {
    .stack(
      top: 0x4000_0000 + 4096 * draw(1...99_999), entry: 0x1_0000 + 16 * draw(0...4000),
      ids: ExecIDs(uid: draw(0...70_000), euid: draw(0...9), gid: draw(10...99), egid: draw(100...999)))
  }

  /// Draws a task.
  package mutating func task() -> ExecTask {
    let handlers: [ExecTask.Handler] = [.standard, .ignored, .function(0x1_0000 + 4 * draw(0...999))]
    let actions = (0..<draw(0...9)).map { _ in
      ExecTask.Action(pick(handlers), flags: UInt64(draw(0...3)), mask: UInt64(draw(0...99)))
    }
    let numbers = (0..<10).filter { _ in oneIn(2) }
    return ExecTask(
      name: Array(string(0...15).utf8), counter: draw(0...99_999), stackPointer: 16 * draw(0...99_999),
      registers: (0..<draw(0...6)).map { _ in draw(-9...99) }, actions: actions, blocked: UInt64(draw(0...1023)),
      pending: UInt64(draw(0...1023)),
      alternateStack: oneIn(2) ? ExecTask.AlternateStack(start: 4096 * draw(1...99), size: 8192) : nil,
      descriptors: numbers.map { ExecTask.Descriptor($0, closesOnExec: oneIn(2)) })
  }
}

extension ExecImageLab: SimplerCases {
  /// Fewer and shorter strings, and the usual limit.
  package static func simplerSetups(than request: Request) -> [Request] {
    var simpler: [Request] = []
    func add(_ change: (inout Request) -> Void) {
      var next = request
      change(&next)
      if next != request { simpler.append(next) }
    }
    add { $0.environment = [] }
    for arguments in request.arguments.withoutRuns() where !arguments.isEmpty { add { $0.arguments = arguments } }
    for environment in request.environment.withoutRuns() { add { $0.environment = environment } }
    for place in request.arguments.indices { add { $0.arguments[place].shorten() } }
    for place in request.environment.indices { add { $0.environment[place].shorten() } }
    add { $0.file = "/a" }
    add { $0.stackLimit = ExecRequest.usualStackLimit }
    return simpler
  }

  /// Simpler places, and simpler tasks.
  package static func simplerCalls(than operation: Operation) -> [Operation] {
    switch operation {
    case .read: []
    case .stack: operation == .layOut ? [] : [.layOut]
    case .reset(let task, let entry, let stack):
      task.simpler.map { .reset($0, entry: entry, stack: stack) }
    }
  }
}

extension ExecText {
  /// Takes away half.
  fileprivate mutating func shorten() {
    if copies > 1 { copies /= 2 } else if filler > 0 { filler /= 2 } else { head = String(head.prefix(head.count / 2)) }
  }
}

extension ExecTask {
  /// Tasks with less in them.
  fileprivate var simpler: [ExecTask] {
    var simpler: [ExecTask] = []
    for actions in actions.withoutRuns() {
      simpler.append(self)
      simpler[simpler.count - 1].actions = actions
    }
    for descriptors in descriptors.withoutRuns() {
      simpler.append(self)
      simpler[simpler.count - 1].descriptors = descriptors
    }
    if registers.count > 1 {
      simpler.append(self)
      simpler[simpler.count - 1].registers = [registers[0]]
    }
    return simpler
  }
}
