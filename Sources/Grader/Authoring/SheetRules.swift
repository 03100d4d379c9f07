/// The list of what is judged in a task sheet, made from the rules of `lab.yml`, so that the two cannot drift apart.
///
/// The sheet marks the place with two comments, which Markdown viewers do not show:
///
/// ```markdown
/// <!-- rules -->
///
/// 1. A read of no bytes returns 0.
///
/// <!-- /rules -->
/// ```
package enum SheetRules {
  /// A sheet that has rules but no place for them.
  package struct MissingPlace: Error, CustomStringConvertible {
    /// What to write, and where.
    package var description: String {
      "lab.yml has rules: the sheet needs the lines \(SheetRules.begin) and \(SheetRules.end), once, in this order"
    }
  }

  /// The sheet with the list between the two comments replaced by `rules`.
  ///
  /// - Throws: ``MissingPlace`` if there are rules and not exactly one place for them.
  package static func derive(_ sheet: String, _ rules: [LabRule]) throws(MissingPlace) -> String {
    let lines = sheet.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let begins = lines.indices.filter { lines[$0] == begin }
    let ends = lines.indices.filter { lines[$0] == end }
    if rules.isEmpty, begins.isEmpty, ends.isEmpty { return sheet }
    guard let first = begins.first, let last = ends.first, begins.count == 1, ends.count == 1, first < last else {
      throw MissingPlace()
    }
    return (lines[...first] + [""] + list(rules) + [""] + lines[last...]).joined(separator: "\n")
  }

  private static let begin = "<!-- rules -->"
  private static let end = "<!-- /rules -->"
  /// How wide the lines of a sheet are.
  private static let width = 100

  private static func list(_ rules: [LabRule]) -> [String] {
    rules.enumerated().flatMap { index, rule in
      let number = "\(index + 1). "
      let indent = String(repeating: " ", count: number.count)
      return TextBlock.wrapped(rule.says, columns: width - number.count).enumerated().map { row, text in
        (row == 0 ? number : indent) + text
      }
    }
  }
}
