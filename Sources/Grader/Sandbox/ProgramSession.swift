import Foundation
import Judging

/// A built submission that answers cases, in as many processes as it takes.
///
/// One process answers case after case of a check, until it dies; then a new one is started for what is left. Each
/// check begins with a new one, so that nothing of another check is left in it. After ``timeOutsBeforeGivingUp``
/// time-outs no more are started, which bounds the time that one submission can cost.
package actor ProgramSession {
  /// So many times a submission may fail to come back; the cases after that are not run.
  package static let timeOutsBeforeGivingUp = 3

  private let program: BuiltProgram
  private let sandbox: Sandbox
  private let limits: Limits
  private var current: Conversation?
  private var timeOuts = 0
  /// How long the runs of the current check have computed and slept; nil before the first.
  private var spent: Duration?
  /// In so many answers more, places are looked up: each look-up is a process.
  private var lookUpsLeft = 20
  /// How many bytes the answers of the current check have.
  private var answered = 0
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

  /// Begins a check, in a process that has seen no other: its first run has all its time.
  package func beginCheck() async {
    spent = nil
    answered = 0
    await finish()
  }

  /// Runs the cases in a process that has seen none before, as ``run(_:)`` does.
  package func runAfresh(_ inputs: [[UInt8]]) async throws -> [Outcome<[UInt8]>] {
    await finish()
    return try await run(inputs)
  }

  /// Runs the cases, in order; stops after the first that died.
  ///
  /// The runs of a check after its first only look for a simpler case that fails as well. Together they get as much
  /// time as the first could have taken, and as many bytes; when that is used up, no case is run any more.
  ///
  /// - Throws: `SandboxFault` where the machinery fails, and `CancellationError`.
  package func run(_ inputs: [[UInt8]]) async throws -> [Outcome<[UInt8]>] {
    try Task.checkCancellation()
    guard timeOuts < Self.timeOutsBeforeGivingUp else {
      let message = "not run: it did not come back \(timeOuts) times before"
      return [.died(Death(.timedOut, message: message))]
    }
    if let spent, spent > .seconds(limits.cpuSeconds) || answered > 2 * limits.answersOfCheck { return [] }
    let before = try current ?? Conversation(program, sandbox: sandbox, limits: limits)
    current = nil
    var (conversation, answers, end, used) = try await Blocking.run(killing: before.process) {
      var conversation = before
      let start = conversation.process.tree?.processorTime ?? .zero
      let (answers, end) = try conversation.ask(inputs)
      let now = end == nil ? conversation.process.tree?.processorTime : nil
      return (conversation, answers, end, now.map { $0 - start })
    }
    answered += answers.reduce(0) { $0 + $1.count }
    var outcomes: [Outcome<[UInt8]>] = []
    for answer in answers { outcomes.append(.finished(try await withPlaces(answer))) }
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

  /// An answer with the places that its addresses stand for, or as it is where too many have been looked up.
  private func withPlaces(_ answer: [UInt8]) async throws -> [UInt8] {
    guard lookUpsLeft > 0 else { return answer }
    let resolved = try await program.withPlaces(answer)
    if resolved != answer { lookUpsLeft -= 1 }
    return resolved
  }

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
