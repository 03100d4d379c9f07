import Judging
import LabHarness
import LabKernel

/// The rule of the lab that a finding is about.
enum RCURules {
  /// Returns the id of the rule, or nil if it is the first that the check asks for.
  static func broken(_ input: RCULab.Input, _ finding: Finding) -> String? {
    let what = finding.what
    if let named = named.first(where: { what.contains($0.words) }) { return named.rule }
    if what.contains("object") {
      if what.contains("load of pointer") || what.contains("store to pointer") { return "publication" }
      if what.contains("reads object"), input.plan.model != .sequential { return "sees-the-update" }
    }
    return nil
  }

  /// Words of the lab's own complaints.
  private static let named: [(words: String, rule: String)] = [
    ("ever ends while the section", "late-sections"), ("is in its third", "late-sections"),
    ("was not in barrier", "callbacks-in-barrier"), ("it should have run", "callbacks-in-order"),
    ("readLock() waits", "readers-never-wait"), ("readUnlock() waits", "readers-never-wait"),
    ("call(_:) waits", "call-never-waits"),
    ("no reader ever finds", "publication"), ("which is not an object", "publication"),
  ]
}
