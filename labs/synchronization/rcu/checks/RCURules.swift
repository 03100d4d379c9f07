import Judging
import LabHarness
import LabKernel

/// Which rule of the lab a finding is about.
enum RCURules {
  /// The id of the rule, or nil where the first that the check asks will do.
  static func broken(_ input: RCULab.Input, _ finding: Finding) -> String? {
    let what = finding.what
    if let named = named.first(where: { what.contains($0.words) }) { return named.rule }
    if what.contains("object") {
      if what.contains("look at pointer") || what.contains("store to pointer") { return "publication" }
      if what.contains("reads object"), input.plan.model != .sequential { return "sees-the-update" }
    }
    return nil
  }

  /// What the lab's own complaints have in them.
  private static let named: [(words: String, rule: String)] = [
    ("is ever over as long as", "late-sections"), ("is in its third", "late-sections"),
    ("was not in barrier", "callbacks-in-barrier"), ("those to run were", "callbacks-in-order"),
    ("readLock() waits", "readers-never-wait"), ("readUnlock() waits", "readers-never-wait"),
    ("call(_:) waits", "call-never-waits"),
    ("no reader ever meets", "publication"), ("which is no object", "publication"),
  ]
}
