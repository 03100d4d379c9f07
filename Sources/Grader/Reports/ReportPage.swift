import Foundation
import Judging

/// `report.html`: everything in one file that needs no other file and runs no script.
///
/// The rows decide its audience: with unchanged rows it is for the instructor and shows the inputs of hidden checks;
/// with those of ``ResultRow/forStudent`` it can be handed out.
package struct ReportPage {
  private let rows: [ResultRow]
  private let labs: [GradedLab]
  private let tier: Sandbox.Tier
  private let audience: Audience

  /// The readers of a page.
  package enum Audience: String, Sendable {
    /// The instructor, who may see everything.
    case instructor = "For the instructor: it shows the inputs of hidden checks, and is not to be handed out."
    /// The student who handed the work in.
    case student = "For the student whose work it is: the inputs of hidden checks are not shown."
  }

  /// A page about `rows`.
  package init(_ rows: [ResultRow], labs: [GradedLab], tier: Sandbox.Tier, audience: Audience = .instructor) {
    self.audience = audience
    self.rows = rows
    self.labs = labs
    self.tier = tier
  }

  /// The page.
  package var html: String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Results</title><style>\(Self.style)</style></head><body>
    <h1>Results</h1>
    <p><strong>\(Self.escaped(audience.rawValue))</strong></p>
    <p>\(Self.unbroken(ResultTable(ink: Ink(false)).summary(rows))) Sandbox: \(Self.escaped(tier.words)).</p>
    <table><thead><tr><th>student</th><th>lab</th><th>status</th><th>score</th><th>why</th></tr></thead>
    <tbody>
    \(rows.enumerated().map { line($0.element, number: $0.offset) }.joined(separator: "\n"))
    </tbody></table>
    \(rows.enumerated().map { section($0.element, number: $0.offset) }.joined(separator: "\n"))
    </body></html>

    """
  }

  private func line(_ row: ResultRow, number: Int) -> String {
    let cells = [
      "<a href=\"#r\(number)\">\(Self.escaped(row.student))</a>", Self.escaped(row.lab), Self.badge(row.status),
      "\(row.score)/\(row.max)", Self.escaped(Printable.line(row.reason, limit: 120)),
    ]
    return "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
  }

  private func section(_ row: ResultRow, number: Int) -> String {
    let title = "\(Self.escaped(row.student)) \(Self.escaped(row.lab)) \(row.score)/\(row.max)"
    let notes = row.notes.map { "<p class=\"note\">\(Self.escaped($0))</p>" }.joined()
    let checks = row.checks.map { check(row, $0) }.joined(separator: "\n")
    let said = details("What the compiler said", row.diagnostics) + details("What it printed", row.printed)
    return "<section id=\"r\(number)\"><h2>\(title) \(Self.badge(row.status))</h2>\(notes)\n\(checks)\(said)</section>"
  }

  private func check(_ row: ResultRow, _ check: ResultRow.CheckRow) -> String {
    let hidden = check.visibility == .hidden ? " <small>hidden</small>" : ""
    let head = "\(Self.badge(check.status)) <code>\(Self.escaped(check.id))</code> \(check.score)/\(check.max)"
    let title = "\(head) \(Self.escaped(check.title))\(hidden)"
    guard check.status != .passed else { return "<div class=\"check\">\(title)</div>" }
    var one = row
    one.checks = [check]
    let text = one.text(labs, ink: Ink(false)).joined(separator: "\n")
    return "<details><summary>\(title)</summary><pre>\(Self.escaped(text))</pre></details>"
  }

  private func details(_ title: String, _ text: String) -> String {
    text.isEmpty ? "" : "<details><summary>\(title)</summary><pre>\(Self.escaped(text))</pre></details>"
  }

  private static func badge(_ status: Status) -> String {
    let kind =
      switch Ink.style(status) {
      case .good: "good"
      case .bad: "bad"
      case .odd, .strong, .faint: "odd"
      }
    return "<span class=\"\(kind)\">\(status.rawValue)</span>"
  }

  /// Text in which no line ends at the hyphen of a word.
  private static func unbroken(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { escaped(String($0)) }
    return words.map { $0.contains("-") ? "<span class=\"word\">\($0)</span>" : $0 }.joined(separator: " ")
  }

  /// Text that is safe in a page: nothing in it is a tag, an entity or a control character.
  ///
  /// It goes by bytes and not by characters: a mark that combines with a `<` makes another character of it, and no other
  /// byte.
  static func escaped(_ text: String) -> String {
    var safe: [UInt8] = []
    for byte in Printable.text(text).utf8 {
      switch byte {
      case UInt8(ascii: "&"): safe += "&amp;".utf8
      case UInt8(ascii: "<"): safe += "&lt;".utf8
      case UInt8(ascii: ">"): safe += "&gt;".utf8
      case UInt8(ascii: "\""): safe += "&quot;".utf8
      case UInt8(ascii: "'"): safe += "&#39;".utf8
      default: safe.append(byte)
      }
    }
    return String(decoding: safe, as: UTF8.self)
  }

  private static let style = """
    body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222;background:#fff}
    table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ddd}
    pre{background:#f6f6f4;padding:.8rem;overflow-x:auto;font-size:13px}summary,.check{padding:.15rem 0}
    .check{padding-left:1rem}.good{color:#17692b}.bad{color:#a01818;font-weight:600}.odd{color:#8a5a00;font-weight:600}
    .good,.bad,.odd,.word{white-space:nowrap}td,summary,.check,.note{overflow-wrap:anywhere}
    summary{padding-left:1rem;text-indent:-1rem}summary+pre{margin:.3rem 0 .8rem 1rem}
    .note{color:#8a5a00;margin:.2rem 0}small{color:#777}
    @media(max-width:600px){body{margin:1rem auto;padding:0 .6rem}thead{display:none}table,tbody{display:block}
    tr{display:block;padding:.4rem 0;border-bottom:1px solid #ddd}td{display:inline-block;border:0;padding:0 .6rem 0 0}
    td:last-child{display:block}pre{padding:.5rem;font-size:12px}}
    @media(prefers-color-scheme:dark){body{background:#16181b;color:#ddd}pre{background:#202327}tr,td,th{border-color:#333}\
    .good{color:#6ccf84}.bad{color:#ff8a80}.odd,.note{color:#e3b341}a{color:#8ab4f8}}
    """
}
