import ArgumentParser
import Desk
import Foundation
import Grader
import Judging
import LabKernel
import Scenario

/// `labs-cli sim`: runs a scenario file on the kernel and shows which task ran when.
struct Sim: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a scenario on the kernel, and show which task ran when.",
    usage: "labs-cli sim <file> [--mine [<lab> ...] | --every] [<options>]",
    discussion: """
      A scenario is a YAML file: a machine, a scheduling class, and tasks with their programs; there are examples under \
      scenarios/. The picture is 80 columns wide; times in the table are in ms.

      --mine puts your own components into the kernel: those of the labs that are named, or all that you have begun. \
      They are built and run as by labs-cli test. A line under the title says whose each component is.

        labs-cli sim scenarios/ipc/producer.yml --mine pipe

      --every runs the tasks in all orders: any of them may run next, and lose the CPU before each system call and each \
      access to shared memory. A sleep may end at any time; with --timed it lasts as long as it says. It prints each \
      outcome with its shortest schedule (A×3 B: A does three things, then B one), deadlocks, and assertions that fail.

        labs-cli sim scenarios/every/lost-increment.yml --every --variable total
      """)

  @Argument(help: "The scenario file; - for standard input.")
  var file: String?

  @Argument(
    help: "The labs for --mine or --baseline; all if none is named.",
    completion: .custom { _, _, _ in labNames() })
  var labs: [String] = []

  @Flag(help: "Print the system calls that programs can make, instead of running a scenario.")
  var calls = false

  @Flag(help: "Put your own components into their slots.")
  var mine = false

  @Flag(help: "Put the simplest components into all other slots, to see what the real ones are for.")
  var baseline = false

  @Flag(help: "Print figures and events as one JSON document.")
  var json = false

  @Flag(help: "Show only what the tasks print, without picture and table.")
  var console = false

  @Option(help: "Write the trace in another tool's format: chrome (for Perfetto) or ftrace.")
  var trace: TraceFormat?

  @Option(help: ArgumentHelp("Where to write the trace; by default, standard output.", valueName: "file"))
  var out: String?

  @Option(
    help: ArgumentHelp("Show only this stretch of time, for example 10ms:30ms.", valueName: "from:to"),
    transform: Window.init)
  var window: Window?

  @Option(help: "Draw durations from their ranges with this seed instead of the one in the file.")
  var seed: UInt64?

  @Option(help: "Stop after this many events.")
  var maxEvents = Scenario.defaultMaximumEvents

  @Option(help: ArgumentHelp("For --mine: bubblewrap, or none for your own code on your machine.", valueName: "tier"))
  var sandbox = SandboxChoice.bubblewrap

  @OptionGroup
  var every: EveryOptions

  @OptionGroup
  var book: BookOption

  /// The formats that other tools read.
  enum TraceFormat: String, ExpressibleByArgument, CaseIterable {
    case chrome
    case ftrace
  }

  func validate() throws {
    guard calls != (file != nil) else { throw ValidationError("expected a scenario file, or --calls and no file") }
    try every.validate(beside: mine || baseline || !labs.isEmpty || trace != nil || window != nil)
    guard maxEvents > 0 else { throw ValidationError("--max-events: expected a number above 0, found \(maxEvents)") }
    guard out == nil || trace != nil else { throw ValidationError("--out needs --trace chrome or --trace ftrace") }
    guard !json || trace == nil || out != nil else {
      throw ValidationError("--json and --trace both print: name a file with --out")
    }
    guard !console || !json && window == nil else {
      throw ValidationError("--console shows no picture: without --json and --window")
    }
    guard !labs.contains(where: { $0.hasSuffix(".yml") }) else {
      throw ValidationError("put the scenario before the labs: labs-cli sim FILE --mine LAB")
    }
    guard let first = labs.first, !mine, !baseline else { return }
    throw ValidationError("unexpected argument '\(first)'; name labs with --mine or --baseline, after one file")
  }

  func run() async throws {
    guard let file else { return try printCalls() }
    let scenario = try load(file)
    if every.every { return try await EveryRun(every, scenario, json: json).run() }
    let workload = scenario.workload(maximumEvents: maxEvents)
    let parts = try kernelParts()
    guard mine, let parts else {
      let components = parts?.components ?? (baseline ? .baseline : .best)
      return try show(workload.run(with: components), of: scenario, file, parts)
    }
    switch try await KernelTrial(parts, sandbox: sandbox, command: "sim \(file)").run(workload) {
    case .finished(let record, let printed): try show(record, of: scenario, file, parts, printed: printed)
    case .failed(let failure): throw try failure.told(asJSON: json, asNote: trace != nil && out == nil)
    }
  }

  private func printCalls() throws {
    if json { try Terminal.print(json: SimCallsReport()) } else { Terminal.print(SimCalls.lines) }
  }

  private func load(_ file: String) throws -> Scenario {
    let text = try TextFile.read(file)
    let folder = try book.rootIfAny().map { $0.path + "/" + Scenario.commandFolder }
    do throws(ScenarioError) {
      return try Scenario(yaml: text, file: file, seed: seed) { name in
        guard let folder, name.allSatisfy({ $0.isLetter || $0.isNumber }) else { return nil }
        return try? TextFile.read("\(folder)/\(name).s")
      }
    } catch {
      throw Refusal(error.description, .configuration)
    }
  }

  /// Whose component is in which slot; nil if there is nothing to say about it.
  ///
  /// A scenario can be run without a book, if it needs nothing from it.
  private func kernelParts() throws -> KernelParts? {
    let isAsked = mine || !labs.isEmpty
    guard let root = isAsked ? try book.root() : try book.rootIfAny() else { return nil }
    guard isAsked || json || root.bestOwner == .baseline else { return nil }
    return try KernelParts(root, mine: mine ? labs : nil, baseline: baseline ? (mine ? [] : labs) : nil)
  }

  private func show(
    _ record: RunRecord, of scenario: Scenario, _ file: String, _ parts: KernelParts?, printed: String = ""
  ) throws {
    if let trace { try write(trace, of: record) }
    if json {
      try Terminal.print(json: SimReport(scenario, record, parts, printed: printed))
    } else if trace == nil || out != nil {
      let text = SimText(scenario, record, window: window, console: console, parts, file: file)
      Terminal.print(text.lines + TrialFailure.printed(printed))
    } else {
      for line in TrialFailure.printed(printed) { Terminal.note(line) }
    }
    try refuseIfStopped(record)
  }

  private func write(_ format: TraceFormat, of record: RunRecord) throws {
    let text = format == .chrome ? Timeline(record).chromeJSON : record.ftraceText
    guard let out else {
      Terminal.output(Array(text.utf8))
      return
    }
    try TextFile.write(text, to: out)
    Terminal.note("wrote \(out)")
  }

  private func refuseIfStopped(_ record: RunRecord) throws {
    switch record.end {
    case .nothingToDo, .timeIsUp, nil: return
    case .tooManyEvents:
      throw Refusal(
        "stopped after \(maxEvents) events, at \(record.now): this scenario may never end; give it an 'end:', or "
          + "raise --max-events", .checksFailed)
    case .oops(let oops): throw Refusal("the kernel cannot go on at \(record.now): \(oops.sentence)", .checksFailed)
    }
  }
}

/// A stretch of time, written `10ms:30ms`; either side may be left out.
struct Window {
  let start: Instant
  let end: Instant

  /// - Throws: `ValidationError`, which says what is wrong with it.
  init(_ argument: String) throws {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { throw ValidationError("expected two times with a colon between them, as in 2ms:6ms") }
    let from = try parts[0].isEmpty ? Duration.zero : Window.time(parts[0])
    let to = try parts[1].isEmpty ? Duration.longest : Window.time(parts[1])
    guard from < to else { throw ValidationError("\(parts[1]) is not after \(parts[0]): the earlier time comes first") }
    start = .zero + from
    end = .zero + to
  }

  private static func time(_ text: String) throws -> Duration {
    guard let time = Duration(text) else { throw ValidationError("'\(text)' is not a time: write 10ms, 500us or 2s") }
    return time
  }
}
