import Judging

/// The table that ends a run of the grader: one line per result, at most 80 columns wide.
package struct ResultTable {
  private let ink: Ink
  private static let width = 80

  /// A table in this ink.
  package init(ink: Ink) { self.ink = ink }

  /// The lines: a header, the results, and a count of each status.
  package func lines(_ rows: [ResultRow], tier: Sandbox.Tier) -> [String] {
    let student = columnWidth(rows.map(\.student), title: "student", limit: 20)
    let lab = columnWidth(rows.map(\.lab), title: "lab", limit: 14)
    let fixed = student + lab + 15 + 7 + 8
    let header = ["student".padded(student), "lab".padded(lab), "status".padded(15), "  score", "why"]
    var lines = [ink(.faint, header.joined(separator: "  "))]
    for row in rows {
      let score = "\(row.score)/\(row.max)"
      let status = ink(Ink.style(row.status), row.status.rawValue.padded(15))
      let why = Printable.line(row.reason, limit: max(10, Self.width - fixed))
      let cells = [row.student.padded(student), row.lab.padded(lab), status, score.padded(7, left: true), why]
      lines.append(cells.joined(separator: "  ").trimmedAtEnd)
    }
    let count = TextBlock.wrapped(summary(rows, reused: rows.count { $0.isReused }), columns: Self.width)
    return lines + [""] + count + ["Sandbox: \(tier.words)."]
  }

  /// How many results there are of each status, and how many are from before.
  package func summary(_ rows: [ResultRow], reused: Int = 0) -> String {
    let counts = Status.allCases.compactMap { status in
      let count = rows.count { $0.status == status }
      return count == 0 ? nil : "\(count) \(status.rawValue)"
    }
    let noun = rows.count == 1 ? "result" : "results"
    let before = reused > 0 ? " (\(reused) from before)" : ""
    return "\(rows.count) \(noun)\(before): \(counts.joined(separator: ", "))."
  }

  private func columnWidth(_ texts: [String], title: String, limit: Int) -> Int {
    min(limit, max(title.count, texts.map { Printable.line($0).count }.max() ?? 0))
  }
}

extension String {
  /// The text in exactly `width` columns, cut if it is longer.
  func padded(_ width: Int, left: Bool = false) -> String {
    let text = Printable.line(self, limit: max(1, width))
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return left ? blanks + text : text + blanks
  }

  /// The text without blanks at its end.
  var trimmedAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
