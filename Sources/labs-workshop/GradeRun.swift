import Desk
import Foundation
import Grader

/// One run of the grader over a folder.
struct GradeRun: Sendable {
  /// The submissions.
  var folder: String
  /// Where results go.
  var out: String
  /// The seed of the generated cases.
  var seed: UInt64
  /// Whether to grade even if there is a result.
  var isFresh: Bool
  /// How many submissions are graded at a time.
  var workers: Int
  /// The protections.
  var tier: Sandbox.Tier
  /// What students may see on pages of their own; nil to write none, and to remove those of an earlier run.
  var pages: ResultRow.Discretion?

  /// Grades what is selected, and writes all reports.
  ///
  /// What the reports say about other submissions stays.
  func gradeAll(_ selection: Selection) async throws -> Outcome {
    let submissions = try submissions(selection)
    let store: JobStore
    do throws(StorageError) {
      store = try JobStore(folder: out + "/jobs")
    } catch {
      throw Refusal("\(error.description); name another folder with --out", .output)
    }
    let lock = try FolderLock(out)
    defer { lock.release() }
    for folder in [out, store.folder] { try AtomicFile.sweep(folder) }
    let others =
      selection.isPartial ? try KeptRows.others(than: selection, in: out, store: store, tier: tier) : []
    let rows = try await grade(submissions, selection, store: store)
    let all = (rows + others).sorted { ($0.student, $0.lab) < ($1.student, $1.lab) }
    let reports = Reports(folder: out)
    if let damaged = try reports.write(all, labs: selection.all, tier: tier) {
      Terminal.complain("\(out)/gradebook.sqlite was damaged and has been made again; the old file is \(damaged)")
      Terminal.complain("overrides made by hand were not carried over: record them again")
    }
    if let pages {
      try reports.writeForStudents(all, labs: selection.all, tier: tier, pages)
    } else if try reports.removePages() {
      Terminal.note("\(out)/students was out of date, and has been removed: --for-students writes it again")
    }
    return Outcome(rows: rows, all: all)
  }

  /// The outcome of a run.
  struct Outcome: Sendable {
    /// The rows of what was graded.
    let rows: [ResultRow]
    /// The rows in the reports, including those of submissions that this run did not grade.
    let all: [ResultRow]
  }

  /// Grades one student without leaving a trace.
  func trial(_ selection: Selection) async throws -> [ResultRow] {
    try await grade(try submissions(selection), selection, store: nil).filter { !$0.lab.isEmpty }
  }

  private func submissions(_ selection: Selection) throws -> [Submission] {
    let all = try SubmissionFolder(path: folder, labs: KnownLabs(selection.all)).submissions()
    try mustHoldStudents(all, selection.all.map(\.manifest.slug))
    if let student = selection.student, !all.contains(where: { $0.student == student }) {
      throw Refusal("there is no student \(student) in \(folder)", .missingInput)
    }
    let chosen = all.filter { selection.contains($0.student, $0.lab) }
    guard !chosen.isEmpty else {
      let names = selection.labs.map(\.manifest.slug).joined(separator: ", ")
      let who = selection.student.map { "\($0) has handed in nothing" } ?? "no one in \(folder) has handed in anything"
      throw Refusal("\(who) for \(names)", .missingInput)
    }
    return chosen
  }

  /// Refuses a folder that is empty, and one that is a single student's.
  private func mustHoldStudents(_ found: [Submission], _ labs: [String]) throws {
    let layout = "submissions belong in DIR/<student>/<lab>/*.swift"
    guard !found.isEmpty else { throw Refusal("\(folder) holds nothing to grade: \(layout)", .missingInput) }
    guard found.allSatisfy({ !labs.contains($0.lab) }), let lab = found.first(where: { labs.contains($0.student) })
    else { return }
    throw Refusal(
      "\(folder) looks like one student's folder, because it holds \(lab.student): \(layout); did you mean its parent?",
      .missingInput)
  }

  private func grade(_ submissions: [Submission], _ selection: Selection, store: JobStore?) async throws -> [ResultRow]
  {
    if tier == .none { Terminal.complain("WARNING: without a sandbox, every submission can do what you can do") }
    let workshop = try Workshop(kit: .besideExecutable(), toolchain: .find(), tier: tier)
    let modules = ModuleCache.ofUser(workshop)
    // The sandbox is tried while the first submissions are being built; without modules, that comes before all else.
    async let probed: Void = workshop.probe()
    if !modules.isFilled {
      try await probed
      try await modules.prepare(workshop)
    }
    let grader = try SubmissionGrader(workshop: workshop, modules: modules, store: store, seed: seed)
    let bulk = BulkGrader(
      selection, grader: grader, unpacker: ArchiveReader(workshop: workshop, labs: KnownLabs(selection.all)),
      folder: folder, isFresh: isFresh)
    let meter = ProgressMeter()
    let watch = Task { await meter.watch() }
    defer {
      watch.cancel()
      meter.clear()
    }
    async let rows = bulk.grade(
      submissions, workers: workers, started: { meter.begin($0) }, progress: { meter.show($0) })
    try await probed
    return try await rows
  }
}

/// Keeps two graders from writing to one folder.
struct FolderLock {
  private let descriptor: Int32

  /// Acquires the lock of `folder`.
  ///
  /// - Throws: `Refusal` if another process holds it.
  init(_ folder: String) throws {
    descriptor = open(folder + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Refusal("\(folder) cannot be written to", .configuration) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Refusal("another run is writing to \(folder)", .locked)
    }
  }

  /// Releases the lock.
  func release() { close(descriptor) }
}
