import Foundation
import Judging

/// All that came of grading one submission: a file of its own, named by the hash of all that decided it.
///
/// It says nothing of the student. Two who hand in the same files share it, and so do two runs of the grader.
package struct JobDocument: Codable, Sendable, Equatable {
  /// The version of this format.
  package var schema = JobDocument.currentSchema
  /// The hash that names it.
  package var key: String
  /// The slug of the lab.
  package var lab: String
  /// The protections that were in force.
  package var sandbox: Sandbox.Tier
  /// The toolchain: where, how large, of when.
  package var toolchain: String
  /// What the submission could use.
  package var limits: Limits
  /// The seed of the generated cases.
  package var seed: UInt64
  /// The checks, in the order in which they were run.
  package var checks: [GradedOutcome]
  /// All that the compiler said.
  package var diagnostics: String
  /// What the submission printed.
  package var printed: String

  /// The version of this format.
  package static let currentSchema = "kernel-by-hand.job/1"

  /// The worst status decides.
  package var status: Status { checks.map(\.verdict.status).max() ?? .invalid }
}

/// What became of one check, and what it was worth.
package struct GradedOutcome: Codable, Sendable, Equatable {
  /// The check.
  package var id: String
  /// What holds when it passes.
  package var title: String
  /// Whether students may see its inputs.
  package var visibility: Visibility
  /// What it was worth.
  package var max: Int
  /// What became of it.
  package var verdict: Verdict

  /// All or nothing.
  package var score: Int { verdict.status == .passed ? max : 0 }

  /// What was wrong, in one paragraph; where nothing was, how much was looked at, or nothing if all was.
  package var message: String {
    guard let failure = verdict.failure else { return Printable.line(verdict.remark) }
    let call = failure.call.isEmpty ? "" : ", in \(failure.call)"
    return Printable.line(failure.finding.what + call)
  }
}

extension GradedOutcome {
  /// Fails the check, if it has passed: its scenes and others were answered by different components.
  mutating func mustNotKnowItsScene(_ call: String) {
    guard verdict.status == .passed else { return }
    let what =
      "\(call) does one thing here and another in the scenes of another check, though all that it has seen is the same: "
      + "a component must not know in which scene it is"
    verdict = Verdict(
      status: .failed, seed: verdict.seed, cases: verdict.cases, failure: Verdict.Failure(finding: Finding(what)))
  }
}

extension JobDocument {
  /// A document in which every check came to the same end before it could be run.
  static func unrun(
    _ lab: GradedLab, status: Status, message: String, diagnostics: String, making document: JobDocument
  ) -> JobDocument {
    var document = document
    let failure = Verdict.Failure(finding: Finding(Printable.line(message)))
    let verdict = Verdict(status: status, seed: document.seed, cases: 0, failure: failure)
    document.checks = lab.checks.map { GradedOutcome($0, verdict) }
    document.diagnostics = Printable.excerpt(diagnostics)
    return document
  }
}

extension GradedOutcome {
  /// The outcome of a check of a lab.
  init(_ check: GradedCheck, _ verdict: Verdict) {
    self.init(id: check.id, title: check.title, visibility: check.visibility, max: check.points, verdict: verdict)
  }
}
