/// One rule of a task sheet: what a submission must do, and the checks that test whether it does.
///
/// `lab.yml` is the only place where it is written down. The sheet's list of what is judged and the `rule` line of a
/// failed check come from there.
package struct LabRule: Sendable, Equatable {
  /// Words joined by hyphens, each used once in a lab.
  package var id: String
  /// The rule as the student reads it: one sentence per case.
  package var says: String
  /// The ids of the checks that test it, a visible one first.
  package var checks: [String]

  /// A rule.
  package init(id: String, says: String, checks: [String]) {
    self.id = id
    self.says = says
    self.checks = checks
  }
}
