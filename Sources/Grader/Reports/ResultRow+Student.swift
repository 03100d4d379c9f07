import Judging

extension ResultRow {
  /// What a student may know of hidden checks.
  package enum Discretion: Sendable {
    /// What they came to together: for as long as something else can be handed in.
    ///
    /// The inputs of a hidden check are the same for every student. Code that ends one way or another by what it reads would
    /// tell them through how each check ended, a bit a check and a try.
    case discreet
    /// How each of them ended, and what it asks for: for when nothing more can be handed in.
    case revealed
  }

  /// The row as its student may see it.
  ///
  /// What the submission has printed is left out as soon as there is a hidden check, because it may have printed what
  /// it was asked.
  package func forStudent(_ discretion: Discretion) -> ResultRow {
    var row = self
    row.job = ""
    row.checks = checks.map(shown)
    guard row.checks.contains(where: { $0.visibility == .hidden }) else { return row }
    row.printed = ""
    if discretion == .discreet, wasRun { row.summarizeHidden() }
    return row
  }

  /// A submission that was never run has learnt nothing: the reason is that of all checks.
  private var wasRun: Bool { checks.contains { ($0.verdict?.cases ?? 0) > 0 } }

  private func shown(_ check: CheckRow) -> CheckRow {
    var check = check
    let isGraded = check.verdict != nil
    if check.visibility == .hidden, let verdict = check.verdict, verdict.status != .passed, verdict.cases > 0 {
      check.verdict?.failure = Verdict.Failure(finding: Finding(Self.withheld))
      check.message = Self.withheld
    }
    let isReplayable = isGraded && check.visibility == .visible && check.status != .passed
    check.replay = isReplayable ? "labs-cli test \(Replay.quoted(lab)) --check \(check.id)" + seed(check) : ""
    return check
  }

  /// Puts one line in place of all hidden checks; the status is that of what is left.
  private mutating func summarizeHidden() {
    let hidden = checks.filter { $0.visibility == .hidden }
    let isAllRight = hidden.allSatisfy { $0.status == .passed }
    checks.removeAll { $0.visibility == .hidden }
    checks.append(
      CheckRow(
        id: "hidden", title: "the hidden checks, all \(hidden.count) together",
        status: isAllRight ? .passed : .failed, score: hidden.map(\.score).reduce(0, +),
        max: hidden.map(\.max).reduce(0, +), visibility: .hidden, message: isAllRight ? "" : Self.withheld, replay: ""))
    status = checks.map(\.status).max() ?? status
  }

  private static let withheld = "the input of a hidden check is not shown"

  private func seed(_ check: CheckRow) -> String { check.verdict.map { " --seed \($0.seed)" } ?? "" }
}
