import LabHarness

extension Check where L: InterleavingLab {
  /// Returns the same check with findings that name the broken rule of `lab.yml`, if `rule` knows it.
  package func naming(_ rule: @escaping @Sendable (L.Input, Finding) -> String?) -> Check<L> {
    Check(id: id, title: title, cases: cases) { input, output in
      let judgement = judgement(input, output)
      guard case .wrong(var finding) = judgement else { return judgement }
      finding.rule = finding.rule ?? rule(input, finding)
      return .wrong(finding)
    }
  }
}
