import Foundation
import Interleave
import Judging

/// A built submission that answers cases, in as many processes as it takes.
///
/// One process answers case after case of a check, until it dies; then a new process is started for the rest. Each
/// check begins with a new process, so that nothing is left in it from another check. A ``TimeBudget`` bounds the time
/// that one submission can cost.
package actor ProgramSession {
  private let program: BuiltProgram
  private let sandbox: Sandbox
  private let limits: Limits
  private var current: Conversation?
  private var budget: TimeBudget
  /// Whether the cases of the current check have been run: those that come after them are simpler cases.
  private var isSearching = false
  /// In how many more answers places are looked up: each look-up is a process.
  private var lookUpsLeft = 20
  /// How many bytes the answers of the current check have.
  private var answered = 0
  /// Where programs trapped before: shrinking a case meets the same trap again and again.
  private var places: [[UInt32]: CrashPlace?] = [:]
  /// What its codes do in all scenes so far, each scene under the number of its check; see ``beginCheck()``.
  package private(set) var conduct = Conduct()
  private var check = -1
  /// As much as is kept of what the submission printed, in all processes.
  package private(set) var printed: [UInt8] = []
  private static let maximumPrinted = 64 << 10

  /// Whether only the checks that it fails are wanted.
  private let isOnlyJudged: Bool

  /// A session with `program`.
  ///
  /// - Parameter isOnlyJudged: whether only the checks that it fails are wanted. Then a check goes on in the process of
  ///   the previous check, and no simpler case is looked for. This is for solutions of ours that keep nothing between
  ///   two components.
  package init(_ program: BuiltProgram, sandbox: Sandbox, limits: Limits, isOnlyJudged: Bool = false) {
    self.program = program
    self.isOnlyJudged = isOnlyJudged
    self.sandbox = sandbox
    self.limits = limits
    budget = TimeBudget(limits)
  }

  /// Begins a check, in a process that has seen no other: its first run has all its time.
  package func beginCheck() async {
    isSearching = false
    answered = 0
    check += 1
    budget.beginCheck()
    if !isOnlyJudged { await finish() }
  }

  /// Notes what the codes of a scene of the current check do.
  func note(_ unfolding: Unfolding, knowsCPUs: Bool) { conduct.add(unfolding, at: check, knowsCPUs: knowsCPUs) }

  /// Runs the cases in a process that has seen none before, as ``run(_:)`` does.
  package func runAfresh(_ inputs: [[UInt8]]) async throws -> [Judging.Outcome<[UInt8]>] {
    guard !isOnlyJudged else { return [] }
    await finish()
    return try await run(inputs)
  }

  /// Runs the cases, in order; stops after the first that died.
  ///
  /// The runs of a check after its first only look for a simpler case that also fails. Together they get as much time
  /// as the first could have taken, and as many bytes; when that is used up, no more cases are run. They do not affect
  /// the verdict on the check.
  ///
  /// - Throws: `SandboxFault` if the machinery fails, and `CancellationError`.
  package func run(_ inputs: [[UInt8]]) async throws -> [Judging.Outcome<[UInt8]>] {
    try Task.checkCancellation()
    if isSearching {
      guard !isOnlyJudged, budget.hasTimeToSearch, answered <= 2 * limits.answersOfCheck else { return [] }
    } else if let refusal = budget.refusal {
      return [.died(Death(.timedOut, message: refusal))]
    }
    let allowed = isSearching ? budget.short : budget.next
    let before = try current ?? Conversation(program, sandbox: sandbox, limits: limits)
    current = nil
    var (conversation, answers, end) = try await Blocking.run(killing: before.process) {
      var conversation = before
      let (answers, end) = try conversation.ask(inputs, within: allowed)
      return (conversation, answers, end)
    }
    answered += answers.reduce(0) { $0 + $1.count }
    var outcomes: [Judging.Outcome<[UInt8]>] = []
    for answer in answers { outcomes.append(.finished(try await withPlaces(answer))) }
    if let end {
      let autopsy = try await conversation.autopsy(end)
      var death = try await located(autopsy).death
      if death.cause == .timedOut { death.message += budget.excuse }
      spend(conversation.spent, cameBack: death.cause != .timedOut)
      outcomes.append(.died(death))
      if !end.isOfItsSending { keep(conversation.printed) }
    } else {
      spend(conversation.spent, cameBack: true)
      current = conversation
    }
    return outcomes
  }

  private func spend(_ time: Duration, cameBack: Bool) {
    if isSearching { budget.search(time, cameBack: cameBack) } else { budget.spend(time, cameBack: cameBack) }
    isSearching = true
  }

  /// An answer with the places that its addresses stand for, or unchanged if too many have been looked up.
  private func withPlaces(_ answer: [UInt8]) async throws -> [UInt8] {
    guard lookUpsLeft > 0, !isOnlyJudged else { return answer }
    let resolved = try await program.withPlaces(answer)
    if resolved != answer { lookUpsLeft -= 1 }
    return resolved
  }

  private func located(_ autopsy: Autopsy) async throws -> Autopsy {
    var located = autopsy
    let placed: Set<Death.Cause> = [.crashed, .forbidden, .nondeterministic]
    guard !isOnlyJudged, placed.contains(autopsy.death.cause), let addresses = autopsy.words?.addresses else {
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
    guard var last = current else { return }
    current = nil
    keep(last.drain())
    do throws(SandboxFault) {
      _ = try await last.process.end(grace: .zero)
    } catch {
      // It has answered everything that it was asked.
    }
  }

  private func keep(_ bytes: [UInt8]) {
    printed += bytes.prefix(max(0, Self.maximumPrinted - printed.count))
  }
}
