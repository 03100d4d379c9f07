import Judging
import LabHarness
import LabKernel

/// Which rule of the lab a finding is about.
enum TicketLockRules {
  /// The id of the rule, or nil where the first that the check asks will do.
  static func broken(_ input: TicketLockLab.Input, _ finding: Finding) -> String? {
    named.first { finding.what.contains($0.words) }?.rule
  }

  /// What the lab's own complaints have in them.
  private static let named: [(words: String, rule: String)] = [
    ("interrupts were", "interrupts-kept"), ("came in while another CPU was in", "exclusion"),
    ("waited in lock()", "try-in-line"),
    ("came in line in the order", "first-come"),
    ("failed although the lock was free", "try-answers"), ("took a lock that was held", "try-answers"),
    ("every tryLock() failed", "try-answers"),
  ]
}
