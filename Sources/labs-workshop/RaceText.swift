import Desk
import Grader
import Interleave
import Reader

/// The outcome of `labs-cli race` as lines: a table of outcomes, and the counterexample if there is one.
struct RaceText {
  let file: String
  /// The labs whose files were compiled with it.
  let labs: [String]
  let width: Int
  let ink: Ink

  private static let numberWidth = 9
  private static let labelWidth = 8

  /// All lines.
  func lines(_ findings: RaceFindings, printed: String) -> [String] {
    var lines: [String] = []
    if !findings.passing.isEmpty { lines += outcomes(findings) }
    if let (counterexample, finding) = findings.counterexample {
      if !lines.isEmpty { lines.append("") }
      lines += failure(counterexample, finding)
    }
    lines += contention(findings) + notes(findings)
    // Set-ups run again and again, and print the same each time.
    var said: [Substring] = []
    for line in printed.split(separator: "\n") where said.count < 20 && !said.contains(line) {
      let isFrame = RuntimeMessage.isOfTheRuntime(line) && !line.contains("Fatal error: ")
      if !isFrame { said.append(line) }
    }
    return said.isEmpty ? lines : lines + ["", "your program printed:"] + said.map { "  \($0)" }
  }

  /// One execution, right or wrong.
  func lines(_ table: CounterexampleTable) -> [String] { table.lines + [""] + wrapped("", table.cause) }

  /// One row per outcome, one column per model.
  private func outcomes(_ findings: RaceFindings) -> [String] {
    let passing = findings.passing
    let constants = findings.constants
    let rows = findings.outcomes.map { outcome in
      (
        outcome.filter { !constants.contains($0) }.words,
        passing.map { finding in finding.census.counts[outcome].map { $0 == 0 ? "drawn" : "\($0)" } ?? "-" }
      )
    }
    let footer = passing.map { ($0.report.isComplete ? "all " : "first ") + "\($0.report.executions)" }
    let models = passing.map { $0.plan.model.name }
    let columns = max(Self.numberWidth, (footer.map(\.count).max() ?? 0) + 2)
    let room = max(12, width - columns * models.count)
    let first = min(room, max("executions".count, rows.map { DisplayWidth.of($0.0) }.max() ?? 0))
    func line(_ label: String, _ cells: [String]) -> [String] {
      let parts = folded(label, first)
      let numbers = cells.map { String(repeating: " ", count: max(0, columns - $0.count)) + $0 }.joined()
      return [(parts[0].padding(to: first) + numbers).trimmed] + parts.dropFirst()
    }
    var lines = line("outcome", models).map { ink(.strong, $0) }
    lines += rows.flatMap { line($0.0, $0.1) } + line("executions", footer)
    if !constants.isEmpty { lines += wrapped("always", constants.sorted().words) }
    return lines
  }

  private func failure(_ counterexample: Counterexample, _ finding: RaceFindings.Finding) -> [String] {
    let model = finding.plan.model.name
    let table = CounterexampleTable(counterexample, of: finding.unfolding, under: finding.plan.model, width: width)
    let schedule = counterexample.execution.schedule.description
    // The same counterexample is found again anyway, so a schedule too long to copy is left out.
    let way = schedule.count > Self.longestSchedule ? "" : " --replay \(schedule.isEmpty ? "''" : schedule)"
    let replay = "labs-cli race \(file)\(labs.map { " --lab \($0)" }.joined()) --model \(model.lowercased())\(way)"
    // A command to be copied is on one line, if need be on one of its own.
    let label = "  " + ink(.faint, "replay")
    let isLong = 2 + Self.labelWidth + replay.count > width
    return [ink(.bad, "✘") + " " + ink(.strong, "\(file) is wrong under \(model)"), ""] + table.lines + [""]
      + wrapped("wrong", table.cause) + (isLong ? [label, "  " + replay] : [label + "  " + replay])
  }

  /// Plain variables that two CPUs change: a data race that no execution shows, since each CPU has its own copy.
  private func contention(_ findings: RaceFindings) -> [String] {
    guard !findings.contended.isEmpty else { return [] }
    let names = findings.contended.joined(separator: ", ")
    let verb = findings.contended.count == 1 ? "is a plain variable" : "are plain variables"
    return ["", ink(.bad, "✘") + " " + ink(.strong, "\(file) has a data race under every model"), ""]
      + wrapped(
        "wrong",
        "\(names) \(verb) that two CPUs change. Each CPU has its own copy here, so no table shows the race: make what "
          + "is shared an Atomic or a SharedCell")
  }

  private static let longestSchedule = 120

  /// Notes on an exploration that is not complete, and on variables that are not shared.
  private func notes(_ findings: RaceFindings) -> [String] {
    var notes: [String] = []
    for finding in findings.passing where !finding.report.isComplete {
      let report = finding.report
      guard !report.isExhausted else {
        notes += wrapped(finding.plan.model.name, report.remainder)
        continue
      }
      notes += wrapped(
        finding.plan.model.name,
        "of many executions, the first \(report.executions) do not fail, nor do \(report.samples) drawn from the rest")
    }
    let unshared = findings.unshared
    if !unshared.isEmpty {
      notes += wrapped(
        "note", unshared.joined(separator: ", ") + ": neither Atomic nor SharedCell, so each CPU has its own")
    }
    return notes.isEmpty ? [] : [""] + notes
  }

  private func wrapped(_ label: String, _ text: String) -> [String] {
    let margin = label.isEmpty ? 0 : 2 + Self.labelWidth
    let head = label.isEmpty ? "" : "  " + ink(.faint, label) + String(repeating: " ", count: 8 - min(8, label.count))
    let rest = String(repeating: " ", count: margin)
    return folded(text, width - margin).enumerated().map { ($0.offset == 0 ? head : rest) + $0.element }
  }

  /// Lines of at most so many columns, broken between words.
  private func folded(_ text: String, _ columns: Int) -> [String] {
    var lines = [""]
    for word in Printable.text(text).split(separator: " ") {
      let last = lines[lines.count - 1]
      if !last.isEmpty, DisplayWidth.of(last) + 1 + DisplayWidth.of(String(word)) > columns {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] += last.isEmpty ? String(word) : " " + word
      }
    }
    return lines
  }
}

extension String {
  /// Without blanks at the end.
  fileprivate var trimmed: String { String(dropLast(reversed().prefix { $0 == " " }.count)) }
}
