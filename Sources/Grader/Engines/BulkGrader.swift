import Foundation
import Judging

/// Grades many submissions with a few workers; the result does not depend on which comes first.
package struct BulkGrader: Sendable {
  /// What a worker has just finished.
  package struct Progress: Sendable {
    /// The submission.
    package var submission: Submission
    /// How many submissions are done.
    package var done: Int
    /// How many there are.
    package var total: Int
    /// The rows that came of it.
    package var rows: [ResultRow]
  }

  private let selection: Selection
  private let labs: [String: GradedLab]
  private let grader: SubmissionGrader
  private let unpacker: ArchiveReader
  private let folder: String
  private let isFresh: Bool

  /// A grader of the submissions in `folder` that are selected.
  ///
  /// - Parameter isFresh: whether to grade even if there is a result.
  package init(
    _ selection: Selection, grader: SubmissionGrader, unpacker: ArchiveReader, folder: String, isFresh: Bool
  ) {
    self.selection = selection
    labs = Dictionary(uniqueKeysWithValues: selection.all.map { ($0.manifest.slug, $0) })
    self.grader = grader
    self.unpacker = unpacker
    self.folder = folder
    self.isFresh = isFresh
  }

  /// Grades those of `submissions` that are selected, `workers` at a time.
  ///
  /// - Parameters:
  ///   - started: called as soon as a worker begins a submission.
  ///   - progress: called when one is done.
  /// - Returns: the rows, sorted by student, then lab.
  /// - Throws: `CancellationError`; what was finished by then is kept.
  package func grade(
    _ submissions: [Submission], workers: Int, started: @escaping @Sendable (Submission) -> Void = { _ in },
    progress: @Sendable (Progress) -> Void
  ) async throws -> [ResultRow] {
    var rows: [ResultRow] = []
    let submissions = submissions.filter { selection.contains($0.student, $0.lab) }
    let kept = isFresh ? [] : try grader.keptJobs()
    var waiting = submissions[...]
    var done = 0
    try await withThrowingTaskGroup(of: (Submission, [ResultRow]).self) { group in
      func begin(_ submission: Submission) {
        started(submission)
        group.addTask { (submission, try await self.rows(submission)) }
      }
      for submission in waiting.prefix(workers) { begin(submission) }
      waiting = waiting.dropFirst(workers)
      while let (submission, finished) = try await group.next() {
        if let next = waiting.popFirst() { begin(next) }
        rows += finished
        done += 1
        progress(Progress(submission: submission, done: done, total: submissions.count, rows: finished))
      }
    }
    for index in rows.indices { rows[index].isReused = kept.contains(rows[index].job) }
    return rows.sorted { ($0.student, $0.lab) < ($1.student, $1.lab) }
  }

  /// The rows of one submission: more than one if it is an archive with several labs.
  private func rows(_ submission: Submission) async throws -> [ResultRow] {
    switch submission.content {
    case .refused(let why): return [ResultRow(submission, refused: why, lab: labs[submission.lab])]
    case .files(let files): return [try await row(submission, files)]
    case .archive(let path):
      do {
        var rows: [ResultRow] = []
        for unpacked in try await unpacker.submissions(in: path, of: submission)
        where selection.contains(unpacked.lab) {
          rows += try await self.rows(unpacked)
        }
        return rows
      } catch let fault as SandboxFault {
        try Task.checkCancellation()
        return [ResultRow(submission, refused: fault.description, lab: labs[submission.lab], status: .internal)]
      }
    }
  }

  private func row(_ submission: Submission, _ files: [SourceFile]) async throws -> ResultRow {
    guard let lab = labs[submission.lab] else {
      let known = labs.keys.sorted().joined(separator: ", ")
      return ResultRow(submission, refused: "there is no lab \(submission.lab); the labs are \(known)", lab: nil)
    }
    return ResultRow(submission, try await grader.grade(files, for: lab, isFresh: isFresh), folder: folder)
  }
}
