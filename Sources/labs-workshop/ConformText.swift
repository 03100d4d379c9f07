import Conformance
import Desk
import LabKernel

/// The table that `labs-cli conform` prints.
enum ConformText {
  /// How many scripts that differ are shown with their text.
  private static let maximumShown = 10

  /// The whole report.
  static func lines(_ report: ConformReport) -> [String] {
    var lines: [String] = []
    for entry in report.shown where !["simplified", "not run"].contains(entry.outcome) {
      guard lines.count < 40 * maximumShown else { break }
      lines += problem(entry) + [""]
    }
    lines += table(report)
    let obstacles = Set(report.shown.filter { $0.outcome == "not run" }.compactMap(\.reason))
    if let obstacle = report.obstacle { return lines + ["", "Not run: \(obstacle)"] }
    lines += obstacles.sorted().map { "Not run: \($0)" }
    let count = report.areas.reduce(0) { $0 + $1.scripts }
    let tenths = Int((report.seconds * 10).rounded())
    return lines + ["", "\(count) scripts, \(tenths / 10).\(tenths % 10) s"]
  }

  private static func problem(_ entry: ConformReport.Case) -> [String] {
    var lines = ["✘ \(entry.area): \(entry.title)"]
    if let place = entry.difference {
      let call = place.call > 0 ? ", call \(place.call)" : ""
      if !place.task.isEmpty { lines.append("  \(place.task)\(call)") }
      lines += ["    model  \(place.model)", "    Linux  \(place.linux)"]
    }
    if let reason = entry.reason { lines.append("  \(entry.outcome): \(reason)") }
    if let text = entry.text { lines += [""] + text.split(separator: "\n").map { "    \($0)" } + [""] }
    if let command = entry.command { lines.append("  again: \(command)") }
    return lines
  }

  private static func table(_ report: ConformReport) -> [String] {
    let width = max(20, report.areas.map(\.name.count).max() ?? 0)
    func row(_ name: String, _ numbers: [String]) -> String {
      name.padding(to: width) + numbers.map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined()
    }
    var total = ConformReport.Area(name: "all")
    var rows = [row("area", ["scripts", "agreed", "simplified", "differ", "not run"])]
    for area in report.areas {
      rows.append(row(area.name, numbers(area)))
      total.scripts += area.scripts
      total.agreed += area.agreed
      total.simplified += area.simplified
      total.differ += area.differ
      total.notRun += area.notRun
    }
    return report.areas.count > 1 ? rows + [row(total.name, numbers(total))] : rows
  }

  private static func numbers(_ area: ConformReport.Area) -> [String] {
    [area.scripts, area.agreed, area.simplified, area.differ, area.notRun].map(String.init)
  }

  /// Where the model differs on purpose, and why.
  static func differences(_ topics: [ScriptFile]) -> [String] {
    var lines: [String] = []
    for topic in topics {
      let differing = topic.scripts.filter { $0.difference != nil }
      guard !differing.isEmpty else { continue }
      lines.append(topic.title)
      for script in differing { lines += ["  \(script.title)", "    \(script.difference ?? "")"] }
    }
    return lines.isEmpty ? ["The model does not differ from Linux in any script."] : lines
  }
}
