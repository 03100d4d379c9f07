import Judging

extension ResultRow {
  /// What a student may know about hidden checks.
  package enum Discretion: Sendable {
    /// Only their combined result: for as long as something can still be handed in.
    ///
    /// The inputs of a hidden check are the same for every student. Code that ends in one way or another depending on
    /// its input could leak them through how each check ended: one bit per check and attempt.
    case discreet
    /// How each of them ended, and what it checks: for when nothing more can be handed in.
    case revealed
  }

  /// The row as its student may see it.
  ///
  /// What the submission printed is left out if there is any hidden check, because it may have printed its inputs.
  package func forStudent(_ discretion: Discretion) -> ResultRow {
    var row = self
    row.job = ""
    row.checks = checks.map(shown)
    guard row.checks.contains(where: { $0.visibility == .hidden }) else { return row }
    row.printed = ""
    if discretion == .discreet, wasRun { row.summarizeHidden() }
    return row
  }

  /// Whether any case was run; a submission that never ran has learned nothing, and one reason holds for all its
  /// checks.
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

  /// Replaces all hidden checks with one line; the status becomes that of what is left.
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
