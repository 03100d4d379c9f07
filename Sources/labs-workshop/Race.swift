import ArgumentParser
import Desk
import Foundation
import Grader
import Interleave
import Judging
import LabHarness
import LabKernel

/// `labs-cli race`: explores a small program by the user, under one memory model after the other.
struct Race: AsyncParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    abstract: "Run the CPUs of a small program against each other in every order.",
    discussion: """
      The file creates what is shared, Atomics and SharedCells, and has a cpu { … } for each CPU; observe(name, value) \
      makes a value part of the outcome, and check(condition, "what holds") must hold whenever it is reached. \
      With --lab rcu, the file can use the class that you have written for that lab. \
      Begin with the programs in examples/; labs-cli read race explains every word that a program can use.
      """)

  /// The file.
  @Argument(help: "The Swift file; - for standard input.")
  var file: String

  /// Labs whose files are compiled with it.
  @Option(
    name: .customLong("lab"),
    help: ArgumentHelp("Let the file use what you have written for this lab.", valueName: "lab"),
    completion: .custom { _, _, _ in labNames() })
  var labs: [String] = []

  /// The only memory model to explore, if any.
  @Option(help: "Explore only this memory model: sc, tso or ra.")
  var model: ModelName?

  /// An execution to show.
  @Option(help: ArgumentHelp("Show the execution with this schedule, from a counterexample.", valueName: "schedule"))
  var replay: String?

  /// Whether to step through the counterexample.
  @Flag(help: "Step through the execution that is shown, forward and backward.")
  var step = false

  /// How many executions to explore.
  @Option(help: ArgumentHelp("Explore this many executions before drawing some of the rest.", valueName: "number"))
  var limit = 50_000

  /// The width of tables: by default, what a page of the book holds with its margin.
  @Option(help: ArgumentHelp("The width of the output.", valueName: "columns"))
  var width = Terminal.standardWidth - 2

  /// Whether to print a document.
  @Flag(help: "Print one JSON document.")
  var json = false

  /// The protections.
  @Option(help: ArgumentHelp("bubblewrap, or none for your own code on your machine.", valueName: "tier"))
  var sandbox = SandboxChoice.bubblewrap

  /// When to use colour.
  @Option(help: "When to use colour.")
  var color = ColorChoice.auto

  /// The folder of the book, for what is written there.
  @OptionGroup
  var book: BookOption

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit: expected a number above 0, found \(limit)") }
    guard (60...400).contains(width) else { throw ValidationError("--width: expected 60 to 400, found \(width)") }
    guard replay == nil || model != nil else { throw ValidationError("--replay needs --model sc, tso or ra") }
    guard !step || !json else { throw ValidationError("--step and --json both print: choose one") }
    guard replay.map({ Schedule($0) != nil }) ?? true else {
      throw ValidationError("--replay: expected a schedule of letters and digits, as a counterexample shows it")
    }
  }

  func run() async throws {
    let plans = (model.map { [$0.model] } ?? MemoryModel.allCases).map { model in
      var plan = Plan(model)
      plan.executions = limit
      return plan
    }
    let status = StatusLine()
    defer { status.clear() }
    let source = try TextFile.read(file)
    let beside = try yourFiles()
    let (unfoldings, printed) = try await unfold(source, beside, plans, status)
    let texts = [source] + beside.map { String(decoding: $0.bytes, as: UTF8.self) }
    if let schedule = replay.flatMap({ Schedule($0) }) {
      return try show(schedule, unfoldings[0], plans[0].model, texts, status)
    }
    let findings = try RaceFindings(unfoldings, plans) { status.show("exploring \(name) under \($0.name)") }
    status.clear()
    if let problem = findings.problemSentence { throw Refusal("\(file): \(problem)", .checksFailed) }
    if step, let (counterexample, finding) = findings.counterexample {
      try walk(
        CounterexampleTable(counterexample, of: finding.unfolding, under: finding.plan.model, width: width - 2), texts)
    } else if json {
      try Terminal.print(json: RaceReport(findings, file: file, width: width))
    } else {
      Terminal.print(text.lines(findings, printed: printed))
    }
    if findings.counterexample != nil || !findings.contended.isEmpty {
      throw ExitCode(ExitStatus.checksFailed.rawValue)
    }
  }

  /// What the user has written for the labs that are named.
  private func yourFiles() throws -> [SourceFile] {
    guard !labs.isEmpty else { return [] }
    let root = try book.root()
    let shelf = try LabShelf(root)
    return try labs.flatMap { slug in
      let work = StudentWork(root, try shelf.lab(slug))
      try work.mustExist()
      return try work.files()
    }
  }

  private var text: RaceText {
    RaceText(file: file, labs: labs, width: width, ink: Ink(color.enabled(for: STDOUT_FILENO)))
  }

  private func unfold(
    _ source: String, _ beside: [SourceFile], _ plans: [Plan], _ status: StatusLine
  ) async throws -> ([Unfolding], printed: String) {
    switch try await answer(source, beside, plans, status) {
    case .unfoldings(let unfoldings, let printed): return (unfoldings, printed)
    case .died(let why, _): throw Refusal("\(file): \(why)", .checksFailed)
    case .nondeterministic(let why): throw Refusal("\(file): nondeterministic: \(why)", .checksFailed)
    case .refused(let message, let diagnostics):
      let said = diagnostics.split(separator: "\n").map { "\n\($0)" }.joined()
      throw Refusal(said.isEmpty ? message : "\(file) does not compile" + said, .checksFailed)
    }
  }

  private func answer(
    _ source: String, _ beside: [SourceFile], _ plans: [Plan], _ status: StatusLine
  ) async throws -> RaceAnswer {
    let (name, tier) = (name, sandbox.tier)
    do {
      return try await interruptible {
        let (workshop, modules) = try await Workshop.forTrial(in: tier) {
          status.show("getting the compiler ready (only the first time)")
        }
        status.show("compiling \(name), and running its CPUs one by one")
        return try await RaceRun(workshop: workshop, modules: modules).unfold(
          source, called: name, beside: beside, plans)
      }
    } catch let fault as SandboxFault {
      throw Refusal(
        "\(fault.description) (for your own code, run labs-cli race \(file) --sandbox none)", .configuration)
    } catch let error as StorageError {
      throw Refusal(error.description, .output)
    } catch is CancellationError {
      throw Refusal("stopped", .interrupted)
    }
  }

  private var name: String { file == "-" ? "standard input" : file }

  private func show(
    _ schedule: Schedule, _ unfolding: Unfolding, _ model: MemoryModel, _ texts: [String], _ status: StatusLine
  ) throws {
    status.clear()
    let execution = Counterexample(replaying: schedule, of: unfolding, under: model) {
      RaceLab.complaint(about: $0, in: RaceLab.Scene())
    }
    guard let execution else {
      throw Refusal("\(file) has no execution '\(schedule)' under \(model.name): has it changed?", .usage)
    }
    if step {
      return try walk(CounterexampleTable(execution, of: unfolding, under: model, width: width - 2), texts)
    }
    Terminal.print(text.lines(CounterexampleTable(execution, of: unfolding, under: model, width: width)))
  }

  private func walk(_ table: CounterexampleTable, _ texts: [String]) throws {
    try Walk(Finding(table), files: texts)?.show(Ink(color.enabled(for: STDOUT_FILENO)))
  }
}
