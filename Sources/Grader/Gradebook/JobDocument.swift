import Foundation
import Judging

/// Everything that grading one submission yielded: a file of its own, named by the hash of everything that decided it.
///
/// It says nothing about the student: two students who hand in the same files share it, and so do two runs of the
/// grader.
package struct JobDocument: Codable, Sendable, Equatable {
  /// The version of this format.
  package var schema = JobDocument.currentSchema
  /// The hash that names it.
  package var key: String
  /// The slug of the lab.
  package var lab: String
  /// The protections that were in force.
  package var sandbox: Sandbox.Tier
  /// The toolchain: its path, its size and its modification time.
  package var toolchain: String
  /// What the submission was allowed to use.
  package var limits: Limits
  /// The seed of the generated cases.
  package var seed: UInt64
  /// The checks, in the order in which they were run.
  package var checks: [GradedOutcome]
  /// The compiler's whole output.
  package var diagnostics: String
  /// What the submission printed.
  package var printed: String

  /// The version of this format.
  package static let currentSchema = "kernel-by-hand.job/1"

  /// The worst status of all checks.
  package var status: Status { checks.map(\.verdict.status).max() ?? .invalid }
}

/// The outcome of one check, and what it was worth.
package struct GradedOutcome: Codable, Sendable, Equatable {
  /// The check.
  package var id: String
  /// What holds when it passes.
  package var title: String
  /// Whether students may see its inputs.
  package var visibility: Visibility
  /// What it was worth.
  package var max: Int
  /// The verdict on the submission.
  package var verdict: Verdict

  /// The points scored: all or none.
  package var score: Int { verdict.status == .passed ? max : 0 }

  /// What was wrong, in one paragraph; if nothing was, how much was examined, or nothing if everything was.
  package var message: String {
    guard let failure = verdict.failure else { return Printable.line(verdict.remark) }
    let call = failure.call.isEmpty ? "" : ", in \(failure.call)"
    return Printable.line(failure.finding.what + call)
  }
}

extension GradedOutcome {
  /// Fails the check if it passed: the component behaved differently in its scenes than in those of another check.
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
  /// A document in which every check ended in the same way before it could be run.
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
