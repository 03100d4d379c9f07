import ArgumentParser
import Desk
import Foundation
import Grader

/// `labs-cli grade`: all submissions of a folder, in a sandbox, in parallel.
struct Grade: AsyncParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    abstract: "Grade a folder of submissions.",
    discussion: """
      The folder holds one folder or archive (.zip, .tar, .tar.gz, .tgz) per student, and in it one folder per lab: \
      DIR/ana/buddy/BuddyAllocator.swift. Results go to OUT: results.json, results.csv, report.html, gradebook.sqlite, and \
      one file per job in jobs/. If a run is stopped, start it again to continue from there. A run of some labs or one \
      student leaves all other results in these files as they are.

      With --check, run only this check again on what --student handed in, and write nothing.
      """)

  /// The submissions.
  @Argument(help: ArgumentHelp("The folder of submissions.", valueName: "dir"))
  var folder: String

  /// Where results go.
  @Option(help: ArgumentHelp("Where results go.", valueName: "dir"))
  var out = "out"

  /// Which labs.
  @Option(help: ArgumentHelp("The labs to grade: slugs separated by commas, or their folder.", valueName: "labs"))
  var labs: String?

  /// The only student to grade, if any.
  @Option(help: ArgumentHelp("Grade only this student.", valueName: "name"))
  var student: String?

  /// The only check to run, if any.
  @Option(help: ArgumentHelp("Run only this check, and show what is wrong.", valueName: "id"))
  var check: String?

  /// The seed.
  @Option(help: ArgumentHelp("The seed of the generated cases.", valueName: "number"))
  var seed: UInt64 = defaultSeed

  /// How many submissions to grade at a time.
  @Option(help: ArgumentHelp("How many to grade at a time; by default, one per processor.", valueName: "count"))
  var jobs: Int?

  /// Whether to ignore results that exist.
  @Flag(help: "Grade again even if there is a result.")
  var regrade = false

  /// Whether to write pages for students.
  @Flag(
    help: "Also write students/NAME.html and .json, to hand out: visible checks in full, hidden ones as one sum.")
  var forStudents = false

  /// Whether students may see how each hidden check ended.
  @Flag(help: "With --for-students: also say how each hidden check ended; use it after the last date for submissions.")
  var reveal = false

  /// Whether to print the document.
  @Flag(help: "Print results.json instead of the table.")
  var json = false

  /// The protections.
  @Option(help: ArgumentHelp("bubblewrap, or none: no protection except limits.", valueName: "tier"))
  var sandbox = SandboxChoice.bubblewrap

  /// When to use colour.
  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  /// The folder of the book.
  @OptionGroup
  var book: BookOption

  /// Refuses options that make no sense.
  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if check != nil && student == nil { throw ValidationError("--check needs --student.") }
    if reveal && !forStudents { throw ValidationError("--reveal needs --for-students.") }
    for (name, value) in [
      ("the folder of submissions", folder), ("--out", out), ("--labs", labs), ("--student", student),
    ]
    where value.map({ $0.allSatisfy(\.isWhitespace) }) ?? false {
      throw ValidationError("\(name) is empty.")
    }
  }

  /// Grades, and says how it went.
  func run() async throws {
    let selection = try selection()
    guard FileManager.default.fileExists(atPath: folder) else {
      throw Refusal("there is no folder \(folder)", .missingInput)
    }
    let run = GradeRun(
      folder: folder, out: out, seed: seed, isFresh: regrade, workers: jobs ?? processorCount,
      tier: sandbox.tier, pages: forStudents ? reveal ? .revealed : .discreet : nil)
    do {
      if let check { return try await replay(check, run, selection) }
      try mustBeApart()
      let outcome = try await interruptible { try await run.gradeAll(selection) }
      try show(outcome)
      if outcome.rows.allSatisfy({ $0.status == .internal || $0.status == .invalid }) {
        throw Refusal("nothing could be graded: the table says why", .missingInput)
      }
    } catch let fault as SandboxFault {
      throw Refusal(fault.description, .configuration)
    } catch let error as StorageError {
      throw Refusal(error.description, .output)
    } catch let error as IntakeError {
      throw Refusal(error.description, .missingInput)
    } catch let error as KeptRows.Lost {
      throw Refusal(
        "\(out) has other results, which this run cannot keep: \(error.reason); name another folder with --out",
        .usage)
    } catch is CancellationError {
      throw Refusal("stopped; what was graded is kept: run the same command again to continue", .interrupted)
    }
  }

  /// Refuses to put results among students' folders, where a student's folder of the same name could be taken for them.
  private func mustBeApart() throws {
    let (submissions, results) = (Folder.resolved(folder), Folder.resolved(out))
    guard results == submissions || results.hasPrefix(submissions.hasSuffix("/") ? submissions : submissions + "/")
    else {
      return
    }
    throw Refusal(
      "the results would be in \(out), among the submissions, where a student's folder can have the same name: "
        + "name another place, such as --out \(Replay.quoted(folder + "/../out"))", .usage)
  }

  private func show(_ outcome: GradeRun.Outcome) throws {
    if json {
      Terminal.output(Array(try ResultsFile.json(outcome.all)))
      return
    }
    let table = ResultTable(ink: Ink(color.enabled(for: STDOUT_FILENO)))
    let others = outcome.all.count - outcome.rows.count
    let kept = others > 0 ? ", with \(others) \(others == 1 ? "result" : "results") of earlier runs" : ""
    let lines = table.lines(outcome.rows, tier: sandbox.tier) + ["Report: \(out)/report.html\(kept)"]
    Terminal.print(lines)
  }

  /// Runs one check on one submission, and shows everything about it.
  private func replay(_ check: String, _ run: GradeRun, _ selection: Selection) async throws {
    let chosen = selection.labs.map { $0.only { $0.id == check } }.filter { !$0.checks.isEmpty }
    guard !chosen.isEmpty else { throw Refusal("no lab has a check \(check)", .missingInput) }
    let one = Selection(of: chosen, slugs: chosen.map(\.manifest.slug), student: student)
    let rows = try await interruptible { try await run.trial(one) }
    guard !rows.isEmpty else {
      throw Refusal("\(student ?? "") handed in nothing that has a check \(check)", .missingInput)
    }
    let ink = Ink(color.enabled(for: STDOUT_FILENO))
    for row in rows {
      Terminal.print(row.text(chosen, ink: ink))
    }
    if rows.contains(where: { $0.status != .passed }) { throw ExitCode(ExitStatus.checksFailed.rawValue) }
  }

  /// Selects the labs that are named, or all of them, for one student or for all.
  private func selection() throws -> Selection {
    do {
      if let labs, FileManager.default.fileExists(atPath: labs + "/") {
        return Selection(of: try Catalog.labs(in: labs), student: student)
      }
      let all = try Catalog.labs(in: try book.root().labs)
      guard let labs else { return Selection(of: all, student: student) }
      let names = labs.split { $0 == "," || $0.isWhitespace }.map(String.init)
      guard !names.isEmpty else { throw Refusal("--labs names no lab", .usage) }
      if let unknown = names.first(where: { name in !all.contains { $0.manifest.slug == name } }) {
        let known = all.map(\.manifest.slug).joined(separator: ", ")
        throw Refusal("there is no lab \(unknown); the labs are \(known)", .missingInput)
      }
      return Selection(of: all, slugs: names, student: student)
    } catch let error as ManifestError {
      throw Refusal(error.description, .configuration)
    }
  }
}

/// The seed unless another is asked for, so that results are the same from day to day.
let defaultSeed: UInt64 = 1

/// The number of processors, and so of workers.
var processorCount: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

/// The protections to choose from.
enum SandboxChoice: String, ExpressibleByArgument, CaseIterable {
  /// Namespaces, limits, a filter of system calls.
  case bubblewrap
  /// Only limits.
  case none

  /// The tier.
  var tier: Sandbox.Tier {
    switch self {
    case .bubblewrap: .bubblewrap
    case .none: .none
    }
  }
}
