import Foundation

/// `results.csv`: one line per result, for spreadsheets.
package enum CommaSeparated {
  private static let header = [
    "student", "lab", "status", "score", "max", "checks passed", "checks", "reason", "notes", "sandbox", "job",
  ]

  /// The table of `rows`.
  package static func table(_ rows: [ResultRow], tier: Sandbox.Tier) -> Data {
    let lines = rows.map { row in
      [
        row.student, row.lab, row.status.rawValue, "\(row.score)", "\(row.max)",
        "\(row.checks.count { $0.status == .passed })", "\(row.checks.count)", row.reason,
        row.notes.joined(separator: "; "), tier.rawValue, row.job,
      ]
    }
    let text = ([header] + lines).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
    return Data(text.utf8)
  }

  /// A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe, unless it is a
  /// number.
  static func cell(_ text: String) -> String {
    let clean = Printable.line(text, limit: 2000)
    let isFormula = [text.first, clean.first].contains { $0.map { "=+-@\t\r".contains($0) } ?? false }
    let isNumber = Double(clean).map(\.isFinite) ?? false
    let safe = isFormula && !isNumber ? "'" + clean : clean
    guard safe.contains(where: { ",\"'\n;".contains($0) }) || safe != safe.trimmingCharacters(in: .whitespaces) else {
      return safe
    }
    return "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
