import Grader
import LabKernel
import Scenario

/// The outcome of a run as text: the picture, a table of figures, totals, and what was printed.
struct SimText {
  /// The lines, none wider than 80 columns except those that tasks print.
  let lines: [String]

  /// The text of a run.
  ///
  /// - Parameters:
  ///   - console: whether only what was printed is wanted, without picture and table.
  ///   - parts: whose component is in which slot; nil if there is nothing to say about it.
  ///   - file: the scenario's file, for the command that runs it with the user's own components.
  init(
    _ scenario: Scenario, _ record: RunRecord, window: Window?, console: Bool, _ parts: KernelParts?, file: String
  ) {
    var timeline = Timeline(record)
    if let window { timeline = Timeline(timeline, from: window.start, to: window.end) }
    let called = record.calledSlots.intersection(scenario.workload().slots)
    let owners = parts?.lines(called: called) ?? []
    let picture = timeline.text() + [""] + SimText.table(record) + [""] + SimText.totals(record)
    lines =
      [scenario.title] + owners + (console ? [] : picture) + SleeperText(record).lines + SimText.console(record)
      + SimText.advice(parts?.unasked(called: called) ?? [], file: file)
  }

  /// The command that draws the picture with the user's own components.
  private static func advice(_ labs: [String], file: String) -> [String] {
    labs.isEmpty ? [] : ["", "with your own: labs-cli sim \(file) --mine \(labs.joined(separator: " "))"]
  }

  private static func table(_ record: RunRecord) -> [String] {
    let figures = record.figures
    let head = row(["task", "pid", "start", "run", "wait", "response", "turnaround", "end"])
    let rows = figures.prefix(maximumRows).map { task in
      let times = [task.accounting.run, task.accounting.wait, task.accounting.response, task.accounting.turnaround]
      let start = milliseconds(task.accounting.created - .zero)
      return row([task.name, String(task.pid), start] + times.map { $0.map(milliseconds) ?? "-" } + [end(of: task)])
    }
    let hidden = figures.count - rows.count
    let more = hidden > 0 ? ["… and \(hidden) more: --json prints them all"] : []
    return [head] + rows + more + averages(figures)
  }

  private static func averages(_ figures: [TaskFigures]) -> [String] {
    guard figures.count > 1 else { return [] }
    let columns = [
      figures.map(\.accounting.run), figures.map(\.accounting.wait), figures.compactMap(\.accounting.response),
      figures.compactMap(\.accounting.turnaround),
    ]
    return [row(["average", "", ""] + columns.map(average) + [""])]
  }

  private static func totals(_ record: RunRecord) -> [String] {
    let busy = record.busyTimes.enumerated().map { cpu, time in
      "cpu\(cpu) \(percent(time, of: record.now - .zero))"
    }
    return [
      "\(record.now)  \(record.switches) \(record.switches == 1 ? "switch" : "switches")  busy: \(busy.joined(separator: "  "))"
    ]
  }

  private static func console(_ record: RunRecord) -> [String] {
    guard !record.console.bytes.isEmpty else { return [] }
    var lines = Printable.text(record.console.text).split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return ["", "console:"] + lines.map { "  \($0)" }
  }

  /// How many tasks the table shows.
  private static let maximumRows = 60
  private static let widths = [16, 6, 9, 9, 9, 10, 12, 7]

  private static func row(_ cells: [String]) -> String {
    let padded = zip(cells, widths).enumerated().map { index, cell in
      let blanks = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return index == 0 ? cell.0 + blanks : blanks + cell.0
    }
    return String(padded.joined().reversed().drop { $0 == " " }.reversed())
  }

  private static func end(of task: TaskFigures) -> String {
    switch task.status {
    case .exited(let code): "exit \(code)"
    case .signaled(let signal): "\(signal)".replacing("SIG", with: "")
    case nil: "-"
    }
  }

  /// Milliseconds with as many decimals as needed, at most three.
  static func milliseconds(_ duration: Duration) -> String {
    let microseconds = (duration.nanoseconds + 500) / 1000
    let rest = String(1000 + microseconds % 1000).dropFirst()
    let digits = String(rest.reversed().drop { $0 == "0" }.reversed())
    return "\(microseconds / 1000)" + (digits.isEmpty ? "" : ".\(digits)")
  }

  /// The mean in milliseconds with two decimals.
  static func average(_ durations: [Duration]) -> String {
    guard !durations.isEmpty else { return "-" }
    let count = Int64(durations.count)
    let total = durations.reduce(into: Int64(0)) { $0 += $1.nanoseconds }
    let hundredths = (total + count * 5000) / (count * 10_000)
    return "\(hundredths / 100)." + String(100 + hundredths % 100).dropFirst()
  }

  private static func percent(_ part: Duration, of whole: Duration) -> String {
    whole == .zero ? "0%" : "\((part.nanoseconds * 100 + whole.nanoseconds / 2) / whole.nanoseconds)%"
  }
}
