import Judging
import LabHarness
import LabKernel

/// Which rule of the lab a finding is about.
enum SeqlockRules {
  /// The id of the rule, or nil where the first that the check asks will do.
  static func broken(_ input: SeqlockLab.Input, _ finding: Finding) -> String? {
    let what = finding.what
    if let named = named.first(where: { what.contains($0.words) }) { return named.rule }
    if what.contains(SeqlockLab.torn) { return input.plan.model == .sequential ? "whole" : "orderings" }
    if what.contains("waits for ever") { return waiting(input.scene) }
    return nil
  }

  /// What the lab's own complaints have in them.
  private static let named: [(words: String, rule: String)] = [
    ("only reads, and stores", "readers-only-load"), ("although no write came near", "undisturbed"),
    ("no reading ever ends", "undisturbed"), ("readRetry returned false", "sent-back"),
    ("between readBegin and readRetry", "holds-nothing-up"), ("between writeBegin and writeEnd", "interrupts-off"),
    ("before it they were otherwise", "interrupts-as-before"),
    ("write, and nothing orders", "one-writer"), ("is in write", "one-writer"),
  ]

  /// The rule that is broken where a CPU of the scene waits for ever.
  private static func waiting(_ scene: SeqlockLab.Scene) -> String {
    let acts = scene.cpus.joined()
    if acts.contains(where: { $0.lastsUntilWritten || $0.lastsUntilInterrupt }) { return "holds-nothing-up" }
    let isAlone = scene.cpus.count { !$0.isEmpty } == 1
    if isAlone, !scene.interrupts.isEmpty { return "interrupts-off" }
    return acts.writes == 0 ? "undisturbed" : "every-wait-ends"
  }
}
