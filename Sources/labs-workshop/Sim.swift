import ArgumentParser
import Desk
import LabKernel
import Scenario

/// `labs-cli sim`: runs a scenario file on the kernel and shows who ran when.
struct Sim: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a scenario on the kernel, and show who ran when.",
    discussion: """
      A scenario is a YAML file: a machine, a scheduling class, and tasks with their programs; there
      are examples under scenarios/. The picture is 80 columns wide; times in the table are in ms.
      """)

  @Argument(help: "The scenario file; - for standard input.")
  var file: String?

  @Flag(help: "Print the system calls that programs can make, in place of a run.")
  var calls = false

  @Flag(help: "Print figures and events as one JSON document.")
  var json = false

  @Option(help: "Write the trace in another tool's format: chrome (for Perfetto) or ftrace.")
  var trace: TraceFormat?

  @Option(help: ArgumentHelp("Where to write the trace; standard output if not given.", valueName: "file"))
  var out: String?

  @Option(
    help: ArgumentHelp("Show this stretch of time only, for example 10ms:30ms.", valueName: "from:to"),
    transform: Window.init)
  var window: Window?

  @Option(help: "Draw ranges of durations with this seed, not with the one in the file.")
  var seed: UInt64?

  @Flag(help: "Put the simplest component into every slot, to see what the real ones are for.")
  var baseline = false

  @Option(help: "Stop after this many events.")
  var maxEvents = Scenario.defaultMaximumEvents

  /// The formats that other tools read.
  enum TraceFormat: String, ExpressibleByArgument, CaseIterable {
    case chrome
    case ftrace
  }

  func validate() throws {
    guard calls != (file != nil) else { throw ValidationError("expected a scenario file, or --calls and no file") }
    guard maxEvents > 0 else { throw ValidationError("--max-events: expected a number above 0, found \(maxEvents)") }
    guard out == nil || trace != nil else { throw ValidationError("--out needs --trace chrome or --trace ftrace") }
    guard !json || trace == nil || out != nil else {
      throw ValidationError("--json and --trace both print: name a file with --out")
    }
  }

  func run() throws {
    guard let file else { return try printCalls() }
    let scenario = try load(file)
    var kernel = scenario.kernel(components: baseline ? .baseline : .best)
    let end = kernel.run(until: scenario.end, maximumEvents: maxEvents)
    if let trace { try write(trace, of: kernel) }
    if json {
      try Terminal.print(json: SimReport(scenario, kernel, end))
    } else if trace == nil || out != nil {
      Terminal.print(SimText(scenario, kernel, end, window: window).lines)
    }
    try refuseIfStopped(end, kernel)
  }

  private func printCalls() throws {
    if json { try Terminal.print(json: SimCallsReport()) } else { Terminal.print(SimCalls.lines) }
  }

  private func load(_ file: String) throws -> Scenario {
    let text = try TextFile.read(file)
    do throws(ScenarioError) {
      return try Scenario(yaml: text, file: file, seed: seed)
    } catch {
      throw Refusal(error.description, .configuration)
    }
  }

  private func write(_ format: TraceFormat, of kernel: Kernel) throws {
    let text = format == .chrome ? Timeline(kernel).chromeJSON : kernel.ftraceText
    guard let out else {
      Terminal.output(Array(text.utf8))
      return
    }
    try TextFile.write(text, to: out)
    Terminal.note("wrote \(out)")
  }

  private func refuseIfStopped(_ end: RunEnd, _ kernel: Kernel) throws {
    switch end {
    case .nothingToDo, .timeIsUp: return
    case .tooManyEvents:
      throw Refusal(
        "stopped after \(maxEvents) events, at \(kernel.now): this scenario may never end; give it an 'end:', or raise "
          + "--max-events", .checksFailed)
    case .oops(let oops): throw Refusal("the kernel cannot go on at \(kernel.now): \(oops.sentence)", .checksFailed)
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
    guard let time = Duration(text) else { throw ValidationError("'\(text)' is no time; one is 10ms, 500us or 2s") }
    return time
  }
}
