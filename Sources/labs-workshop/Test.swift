import ArgumentParser
import Desk
import Foundation
import Grader
import Judging
import Reader

/// `labs-cli test`: the student's side of the grader, with the same build, the same runner, and the visible checks.
struct Test: AsyncParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    abstract: "Build what you have written for a lab, and run its visible checks.",
    discussion: """
      The first check that fails is shown in full, shrunk to the smallest case that still fails; --all shows all of \
      them. Your file is kept each time: labs-cli reset LAB --restore brings the last version back.
      """)

  /// Which lab.
  @Argument(help: "The lab.", completion: .custom { _, _, _ in labNames() })
  var lab: String

  /// The only check to run, if any.
  @Option(help: ArgumentHelp("Run only this check.", valueName: "id"))
  var check: String?

  /// The seed.
  @Option(help: ArgumentHelp("The seed of the generated cases.", valueName: "number"))
  var seed: UInt64 = defaultSeed

  /// The only memory model to ask for, if any.
  @Option(help: "Check everything under this memory model: sc, tso or ra; for labs with several CPUs.")
  var model: ModelName?

  /// Whether to show every failure.
  @Flag(help: "Show every failed check in full.")
  var all = false

  /// Whether to step through a failure.
  @Flag(help: "Step through the first interleaving that fails, forward and backward.")
  var step = false

  /// Whether to print a document.
  @Flag(help: "Print one JSON document.")
  var json = false

  /// The protections.
  @Option(help: ArgumentHelp("bubblewrap, or none for your own code on your machine.", valueName: "tier"))
  var sandbox = SandboxChoice.bubblewrap

  /// When to use colour.
  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  /// The folder of the book.
  @OptionGroup
  var book: BookOption

  func validate() throws {
    guard !step || !json else { throw ValidationError("--step and --json both print: choose one") }
  }

  /// Builds, runs, and shows.
  func run() async throws {
    let root = try book.root()
    let manifest = try LabShelf(root).lab(lab)
    let work = StudentWork(root, manifest)
    try work.mustExist()
    try KeptVersions(manifest).keep(work.file)
    let chosen = try visibleChecks(root)
    let document = try await grade(chosen, work)
    try remember(document, of: chosen)
    if json { try Terminal.print(json: document) } else { try show(document, chosen, work) }
    if document.status != .passed { throw ExitCode(ExitStatus.checksFailed.rawValue) }
  }

  /// The lab with the visible checks, or only the check that was asked for.
  private func visibleChecks(_ root: BookRoot) throws -> GradedLab {
    let visible = try underModel(Catalog.lab(lab, in: root.labs).only { $0.visibility == .visible }, root)
    guard let check else { return visible }
    let one = visible.only { $0.id == check }
    guard one.checks.isEmpty else { return one }
    let known = visible.checks.map(\.id)
    let hint = Suggestions.question(check, among: known) ?? "the visible checks are \(known.joined(separator: ", "))"
    throw Refusal("\(lab) has no visible check \(check): \(hint)", .missingInput)
  }

  /// What the checks ask under the memory model that was named, if one was.
  private func underModel(_ visible: GradedLab, _ root: BookRoot) throws -> GradedLab {
    guard let model else { return visible }
    guard visible.hasModels else {
      let labs = try Catalog.labs(in: root.labs).filter(\.hasModels).map(\.manifest.slug).joined(separator: ", ")
      throw Refusal("--model: \(lab) is for one CPU at a time; the labs with memory models are \(labs)", .usage)
    }
    return visible.under(model.model)
  }

  private func grade(_ lab: GradedLab, _ work: StudentWork) async throws -> JobDocument {
    let status = StatusLine()
    status.show("building \(work.shortFile)")
    defer { status.clear() }
    do {
      let files = try work.files()
      let seed = seed
      let tier = sandbox.tier
      return try await interruptible {
        try await SubmissionGrader.forTrial(in: tier, seed: seed).grade(files, for: lab)
      }
    } catch let fault as SandboxFault {
      // Without a compiler, it does not help to change the sandbox.
      if case .incomplete(let what) = fault { throw Refusal(what, .configuration) }
      throw Refusal(
        "\(fault.description) (for your own code, run labs-cli test \(self.lab) --sandbox none)", .configuration)
    } catch let error as StorageError {
      throw Refusal(error.description, .output)
    } catch is CancellationError {
      throw Refusal("stopped; your file was not changed", .interrupted)
    }
  }

  /// Records progress, unless only one check or one memory model was run: these say nothing about it.
  private func remember(_ document: JobDocument, of chosen: GradedLab) throws {
    guard check == nil, model == nil else { return }
    try ProgressFile.update(lab) { entry in
      entry.tests += 1
      entry.checks = chosen.checks.count
      entry.passed = document.checks.filter { $0.verdict.status == .passed }.map(\.id)
    }
  }

  private func show(_ document: JobDocument, _ chosen: GradedLab, _ work: StudentWork) throws {
    let ink = Ink(color.enabled(for: STDOUT_FILENO))
    let files = try SubmissionFolder.files(of: work.folder, followsLinks: true).0.map {
      String(decoding: $0.bytes, as: UTF8.self)
    }
    if step,
      let walk = document.checks.lazy.compactMap({
        $0.verdict.failure.flatMap { Walk($0.finding, files: files) }
      }).first
    {
      return try walk.show(ink)
    }
    if step { Terminal.note("no check failed in an interleaving: there is nothing to step through") }
    let text = TestText(
      chosen, document, seed: seed, model: model?.model, showsAll: all, ink: ink, file: work.shortFile,
      hintsRead: try ProgressFile.load().labs[lab]?.hints ?? 0)
    Terminal.print(text.lines)
  }
}
