import Judging
import LabHarness
import LabKernel

/// The rule of the lab that a finding is about.
enum SeqlockRules {
  /// Returns the id of the rule, or nil if it is the first that the check asks for.
  static func broken(_ input: SeqlockLab.Input, _ finding: Finding) -> String? {
    let what = finding.what
    if let named = named.first(where: { what.contains($0.words) }) { return named.rule }
    if what.contains(SeqlockLab.torn) { return input.plan.model == .sequential ? "whole" : "orderings" }
    if what.contains("waits forever") { return waiting(input.scene) }
    return nil
  }

  /// Words of the lab's own complaints.
  private static let named: [(words: String, rule: String)] = [
    ("only reads, but stores", "readers-only-load"), ("although no write overlapped", "undisturbed"),
    ("no read section ever ends", "undisturbed"), ("readRetry returned false", "sent-back"),
    ("between readBegin and readRetry", "holds-nothing-up"), ("between writeBegin and writeEnd", "interrupts-off"),
    ("section, but not before it", "interrupts-as-before"),
    ("write, not ordered", "one-writer"), ("enters write while", "one-writer"),
  ]

  /// Returns the rule that is broken if a CPU of the scene waits forever.
  private static func waiting(_ scene: SeqlockLab.Scene) -> String {
    let acts = scene.cpus.joined()
    if acts.contains(where: { $0.lastsUntilWritten || $0.lastsUntilInterrupt }) { return "holds-nothing-up" }
    let isAlone = scene.cpus.count { !$0.isEmpty } == 1
    if isAlone, !scene.interrupts.isEmpty { return "interrupts-off" }
    return acts.writes == 0 ? "undisturbed" : "every-wait-ends"
  }
}
