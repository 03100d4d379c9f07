import Judging

/// The result of one student in one lab, as every report shows it.
package struct ResultRow: Sendable, Equatable, Codable {
  /// The name of the student's folder or archive.
  package var student: String
  /// The slug of the lab; empty if the fault is in the student's folder as a whole.
  package var lab: String
  /// The worst status of its checks.
  package var status: Status
  /// The points.
  package var score: Int
  /// The points that could have been reached.
  package var max: Int
  /// The checks, in their order; one named `intake` if there was nothing to check.
  package var checks: [CheckRow]
  /// What was left out of the submission, and why.
  package var notes: [String]
  /// What the compiler said.
  package var diagnostics = ""
  /// What the submission printed.
  package var printed = ""
  /// The key of the job document; empty if there is none.
  package var job = ""
  /// Whether it existed before this run, so that nothing was built; what is written does not depend on it.
  package var isReused = false

  private enum CodingKeys: String, CodingKey {
    case student, lab, status, score, max, checks, notes, diagnostics, printed, job
  }

  /// One check in a row.
  package struct CheckRow: Sendable, Equatable, Codable {
    /// The check.
    package var id: String
    /// What holds when it passes.
    package var title: String
    /// How it ended.
    package var status: Status
    /// The points.
    package var score: Int
    /// What it is worth.
    package var max: Int
    /// Whether students may see its inputs.
    package var visibility: Visibility
    /// What was wrong, in one paragraph.
    package var message: String
    /// The command that runs it again.
    package var replay: String
    /// What was wrong, with pictures.
    package var verdict: Verdict?
  }

  /// The most important reason in one line: that of the first check with the worst status.
  package var reason: String {
    guard status != .passed, let check = checks.first(where: { $0.status == status }) else { return "" }
    return check.id == Self.intake || checks.allSatisfy({ $0.message == check.message })
      ? check.message : "\(check.id): \(check.message)"
  }

  /// The name of the check that fails if a submission cannot be graded for any lab.
  static let intake = "intake"
}

extension ResultRow {
  /// The row of a submission that was graded.
  package init(_ submission: Submission, _ document: JobDocument, folder: String) {
    let replay = Replay(folder: folder, student: submission.student, lab: submission.lab, seed: document.seed)
    let checks = document.checks.map { outcome in
      CheckRow(
        id: outcome.id, title: outcome.title, status: outcome.verdict.status, score: outcome.score, max: outcome.max,
        visibility: outcome.visibility, message: outcome.message,
        replay: outcome.verdict.status == .passed ? "" : replay.command(outcome.id), verdict: outcome.verdict)
    }
    self.init(
      student: submission.student, lab: submission.lab, status: document.status,
      score: checks.map(\.score).reduce(0, +), max: checks.map(\.max).reduce(0, +), checks: checks,
      notes: submission.notes, diagnostics: document.diagnostics, printed: document.printed, job: document.key)
  }

  /// The row of a submission that cannot be graded.
  init(_ submission: Submission, refused why: String, lab: GradedLab?, status: Status = .invalid) {
    let message = Printable.line(why)
    let checks =
      lab?.checks.map {
        CheckRow(
          id: $0.id, title: $0.title, status: status, score: 0, max: $0.points, visibility: $0.visibility,
          message: message, replay: "")
      } ?? [
        CheckRow(
          id: Self.intake, title: "the submission can be read", status: status, score: 0, max: 0, visibility: .visible,
          message: message, replay: "")
      ]
    self.init(
      student: submission.student, lab: submission.lab, status: status, score: 0, max: lab?.maximum ?? 0,
      checks: checks, notes: submission.notes)
  }
}

/// The command that runs one check of one submission again.
package struct Replay: Sendable {
  /// The folder of submissions.
  var folder: String
  var student: String
  var lab: String
  var seed: UInt64

  /// The command, ready for a shell.
  func command(_ check: String) -> String {
    let words = [
      "labs-cli", "grade", folder, "--labs", lab, "--student", student, "--check", check, "--seed", "\(seed)",
    ]
    return words.map(Self.quoted).joined(separator: " ")
  }

  /// The word in a form that a shell takes for one word, whatever it contains.
  package static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || "-_./+:@%=,".unicodeScalars.contains(scalar))
      }
    if isPlain { return word }
    return "'" + Printable.line(word).replacing("'", with: "'\\''") + "'"
  }
}
