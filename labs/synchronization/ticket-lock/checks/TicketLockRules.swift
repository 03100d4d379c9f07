import Judging
import LabHarness
import LabKernel

/// The rule of the lab that a finding is about.
enum TicketLockRules {
  /// Returns the id of the rule, or nil if it is the first that the check asks for.
  static func broken(_ input: TicketLockLab.Input, _ finding: Finding) -> String? {
    named.first { finding.what.contains($0.words) }?.rule
  }

  /// Words of the lab's own complaints.
  private static let named: [(words: String, rule: String)] = [
    ("interrupts were", "interrupts-kept"), ("acquired the lock while another CPU held it", "exclusion"),
    ("waited in lock()", "try-in-line"),
    ("were queued in the order", "first-come"),
    ("failed although the lock was free", "try-answers"), ("acquired a lock that was held", "try-answers"),
    ("every tryLock() failed", "try-answers"),
  ]
}
