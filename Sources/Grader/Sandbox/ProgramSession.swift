import Foundation
import Interleave
import Judging

/// A built submission that answers cases, in as many processes as it takes.
///
/// One process answers case after case of a check, until it dies; then a new process is started for the rest. Each
/// check begins with a new process, so that nothing is left in it from another check. A ``TimeBudget`` bounds the time
/// that one submission can cost.
///
/// Nothing waits for a sandbox to be set up or taken down: the next process is set up while a check runs, and answers
/// the cases of the next check while the current check is judged; see ``Lookahead``.
package actor ProgramSession {
  private let program: BuiltProgram
  private let sandbox: Sandbox
  private let limits: Limits
  private var current: Conversation?
  /// A process that has been asked nothing, for the next check or for a case that is to be run alone.
  private var spare: Conversation?
  /// Makes the cases of the check after the current one; nil after the last check.
  private var next: (@Sendable () throws -> [[UInt8]])?
  private var ahead: Lookahead?
  /// The end of the last process that was let go.
  private var leaving: Task<Void, Never>?
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
  ///
  /// - Parameter next: makes the cases of the check after it.
  package func beginCheck(next: (@Sendable () throws -> [[UInt8]])? = nil) async {
    isSearching = false
    answered = 0
    check += 1
    self.next = next
    budget.beginCheck()
    if !isOnlyJudged { await letGo() }
  }

  /// Notes what the codes of a scene of the current check do.
  func note(_ unfolding: Unfolding, knowsCPUs: Bool) { conduct.add(unfolding, at: check, knowsCPUs: knowsCPUs) }

  /// Runs the cases in a process that has seen none before, as ``run(_:)`` does.
  package func runAfresh(_ inputs: [[UInt8]]) async throws -> [Judging.Outcome<[UInt8]>] {
    guard !isOnlyJudged else { return [] }
    await letGo()
    return try await run { inputs }
  }

  /// Runs the cases, in order; stops after the first that died.
  ///
  /// The runs of a check after its first only look for a simpler case that also fails. Together they get as much time
  /// as the first could have taken, and as many bytes; when that is used up, no more cases are run. They do not affect
  /// the verdict on the check.
  ///
  /// - Parameter inputs: the cases, which are made only if no process was asked them ahead.
  /// - Throws: `SandboxFault` if the machinery fails, and `CancellationError`.
  package func run(_ inputs: @Sendable () throws -> [[UInt8]]) async throws -> [Judging.Outcome<[UInt8]>] {
    try Task.checkCancellation()
    if isSearching {
      guard !isOnlyJudged, budget.hasTimeToSearch, answered <= 2 * limits.answersOfCheck else { return [] }
    } else if let refusal = budget.refusal {
      return [.died(Death(.timedOut, message: refusal))]
    }
    let reply = try await reply(to: inputs, within: isSearching ? budget.short : budget.next)
    answered += reply.answers.reduce(0) { $0 + $1.count }
    if reply.end == nil { spend(reply.conversation.spent, cameBack: true) }
    var outcomes: [Judging.Outcome<[UInt8]>] = []
    for answer in reply.answers { outcomes.append(.finished(try await withPlaces(answer))) }
    if let end = reply.end {
      outcomes.append(.died(try await death(in: reply.conversation, end)))
    } else {
      current = reply.conversation
    }
    return outcomes
  }

  /// What a process answers: the current one, one that was asked ahead, or a new one.
  private func reply(
    to inputs: @Sendable () throws -> [[UInt8]], within limits: Limits
  ) async throws -> Conversation.Reply {
    if !isSearching, let ahead, ahead.check == check {
      self.ahead = nil
      return try await ahead.reply
    }
    let conversation = try current ?? fresh()
    current = nil
    setUpSpare()
    return try await conversation.answering(try inputs(), within: limits)
  }

  private func death(in conversation: Conversation, _ end: Conversation.End) async throws -> Death {
    var conversation = conversation
    let autopsy = try await conversation.autopsy(end)
    var death = try await located(autopsy).death
    if death.cause == .timedOut { death.message += budget.excuse }
    spend(conversation.spent, cameBack: death.cause != .timedOut)
    if !end.isOfItsSending { keep(conversation.printed) }
    return death
  }

  private func spend(_ time: Duration, cameBack: Bool) {
    if isSearching {
      budget.search(time, cameBack: cameBack)
    } else {
      budget.spend(time, cameBack: cameBack)
      if cameBack { lookAhead() }
    }
    isSearching = true
  }

  /// Asks the next check's cases, whose share of the time is settled when those of the current check have come back.
  private func lookAhead() {
    guard !isOnlyJudged, ahead == nil, let next, budget.refusal == nil else { return }
    do throws(SandboxFault) {
      ahead = Lookahead(to: check + 1, in: try fresh(), within: budget.next, next)
      setUpSpare()
    } catch {
      // Then the next check says so, if it meets the same fault.
    }
  }

  /// A process that has been asked nothing.
  private func fresh() throws(SandboxFault) -> Conversation {
    guard let spare else { return try Conversation(program, sandbox: sandbox, limits: limits) }
    self.spare = nil
    return spare
  }

  /// Begins to set up a process, if there is a check to come.
  private func setUpSpare() {
    guard !isOnlyJudged, next != nil, spare == nil else { return }
    do throws(SandboxFault) {
      spare = try Conversation(program, sandbox: sandbox, limits: limits)
    } catch {
      // It is tried again when a process is needed.
    }
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

  /// Lets the current process go: it is killed, and ends while others begin.
  private func letGo() async {
    guard var last = current else { return }
    current = nil
    keep(last.drain())
    let process = last.process
    process.kill()
    await leaving?.value
    leaving = Task { await process.end() }
  }

  /// Ends all processes; when it returns, nothing of them is left.
  package func finish() async {
    await letGo()
    let (ahead, spare) = (ahead, spare)
    (self.ahead, self.spare) = (nil, nil)
    await ahead?.drop()
    await spare?.process.end()
    await leaving?.value
  }

  private func keep(_ bytes: [UInt8]) {
    printed += bytes.prefix(max(0, Self.maximumPrinted - printed.count))
  }
}
