import Judging

extension ResultRow {
  /// The row as its student may see it: of a hidden check no more than its name, what it asks for, and how it ended.
  ///
  /// What the submission has printed is left out as soon as there is a hidden check, because it may have printed what
  /// it was asked.
  package var forStudent: ResultRow {
    var row = self
    row.job = ""
    row.checks = checks.map { check in
      var check = check
      let isGraded = check.verdict != nil
      if check.visibility == .hidden, let verdict = check.verdict, verdict.status != .passed {
        check.verdict?.failure = isAlike(verdict) ? verdict.failure : Verdict.Failure(finding: Finding(Self.withheld))
        check.message = isAlike(verdict) ? check.message : Self.withheld
      }
      let isReplayable = isGraded && check.visibility == .visible && check.status != .passed
      check.replay = isReplayable ? "labs-cli test \(Replay.quoted(lab)) --check \(check.id)" + seed(check) : ""
      return check
    }
    if row.checks.contains(where: { $0.visibility == .hidden }) { row.printed = "" }
    return row
  }

  private static let withheld = "the input of a hidden check is not shown"

  /// A submission that was never run has learnt nothing: the reason is that of all checks.
  private func isAlike(_ verdict: Verdict) -> Bool { verdict.cases == 0 }

  private func seed(_ check: CheckRow) -> String { check.verdict.map { " --seed \($0.seed)" } ?? "" }
}
