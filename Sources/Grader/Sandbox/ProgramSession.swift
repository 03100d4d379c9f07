import Foundation
import Judging

/// A built submission that answers cases, in as many processes as it takes.
///
/// One process answers case after case, check after check, until it dies; then a new one is started for
/// what is left. After ``timeOutsBeforeGivingUp`` time-outs no more are started, which bounds the time that one
/// submission can cost.
package actor ProgramSession {
  /// So many times a submission may fail to come back; the cases after that are not run.
  package static let timeOutsBeforeGivingUp = 3
  /// The largest answer to one case, in bytes.
  static let maximumAnswer = 16 << 20
  /// The largest answers to all cases of one check together, in bytes: they are kept until they are judged.
  static let maximumAnswers = 128 << 20

  private let program: BuiltProgram
  private let sandbox: Sandbox
  private let limits: Limits
  private var current: Conversation?
  private var timeOuts = 0
  /// How long the runs of the current check have computed and slept; nil before the first.
  private var spent: Duration?
  /// Where programs trapped before: shrinking a case meets the same trap again and again.
  private var places: [[UInt32]: CrashPlace?] = [:]
  /// What the submission printed, in all processes, as much of it as is kept.
  package private(set) var printed: [UInt8] = []
  private static let maximumPrinted = 64 << 10

  /// A session with `program`.
  package init(_ program: BuiltProgram, sandbox: Sandbox, limits: Limits) {
    self.program = program
    self.sandbox = sandbox
    self.limits = limits
  }

  /// Begins a check: its first run has all its time.
  package func beginCheck() { spent = nil }

  /// Runs the cases, in order; stops after the first that died.
  ///
  /// The runs of a check after its first only look for a simpler case that fails as well. Together they get as much
  /// time as the first could have taken; when that is used up, no case is run any more.
  ///
  /// - Throws: `SandboxFault` where the machinery fails, and `CancellationError`.
  package func run(_ inputs: [[UInt8]]) async throws -> [Outcome<[UInt8]>] {
    try Task.checkCancellation()
    guard timeOuts < Self.timeOutsBeforeGivingUp else {
      let message = "not run: it did not come back \(timeOuts) times before"
      return [.died(Death(.timedOut, message: message))]
    }
    if let spent, spent > .seconds(limits.cpuSeconds) { return [] }
    let before = try current ?? Conversation(program, sandbox: sandbox, limits: limits)
    current = nil
    var (conversation, answers, end, used) = try await Blocking.run(killing: before.process) {
      var conversation = before
      let start = conversation.process.tree?.processorTime ?? .zero
      let (answers, end) = try conversation.ask(inputs)
      let now = end == nil ? conversation.process.tree?.processorTime : nil
      return (conversation, answers, end, now.map { $0 - start })
    }
    var outcomes = answers.map(Outcome.finished)
    if let end {
      let autopsy = try await conversation.autopsy(end)
      // One that ended without a word may have used all its time.
      spend((autopsy.words?.processorTime ?? .seconds(limits.cpuSeconds)) + conversation.slept)
      let death = try await located(autopsy).death
      if death.cause == .timedOut { timeOuts += 1 }
      outcomes.append(.died(death))
      keep(conversation.printed)
    } else {
      spend((used ?? .zero) + conversation.slept)
      current = conversation
    }
    return outcomes
  }

  /// Counts the time of a run, unless it is the first of its check.
  private func spend(_ time: Duration) { spent = spent.map { $0 + time } ?? .zero }

  private func located(_ autopsy: Autopsy) async throws -> Autopsy {
    var located = autopsy
    guard [.crashed, .nondeterministic].contains(autopsy.death.cause), let addresses = autopsy.words?.addresses else {
      return autopsy
    }
    if let known = places[addresses] {
      located.place = known
    } else {
      located.place = try await program.place(of: addresses)
      places[addresses] = located.place
    }
    return located
  }

  /// Ends the last process.
  package func finish() async {
    guard let last = current else { return }
    current = nil
    keep(last.printed)
    last.process.kill()
    _ = await last.process.status()
  }

  private func keep(_ bytes: [UInt8]) {
    printed += bytes.prefix(max(0, Self.maximumPrinted - printed.count))
  }
}
