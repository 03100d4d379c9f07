/// Makes the file that a student begins with from the solution, so that the two cannot drift apart.
///
/// The solution marks what the student is to write:
///
/// ```swift
///     // lab:begin choose the block
///     let block = …
///     return block
///     // lab:end
/// ```
/// A region of statements becomes `todo("choose the block")`; a region that begins with
/// `// lab:begin declare: …` becomes a comment that says what to add. All else stays as it is.
package enum Stub {
  /// What is wrong with the markers of a solution.
  package struct MarkerError: Error, Equatable, CustomStringConvertible {
    /// The line, counted from 1.
    package let line: Int
    /// What is wrong there.
    package let problem: String

    /// A mistake in one line.
    init(line: Int, problem: String) {
      self.line = line
      self.problem = problem
    }

    /// Both.
    package var description: String { "line \(line): \(problem)" }
  }

  /// The stub of a solution.
  package static func derive(from solution: String) throws(MarkerError) -> String {
    var lines: [Substring] = []
    var begun: Int?
    for (index, line) in solution.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let text = line.drop { $0 == " " }
      if text.hasPrefix(beginning) {
        guard begun == nil else { throw MarkerError(line: index + 1, problem: "a region begins inside another") }
        let what = text.dropFirst(beginning.count).drop { $0 == " " }
        guard !what.isEmpty else { throw MarkerError(line: index + 1, problem: "the region does not say what to do") }
        begun = index + 1
        lines.append(line.prefix(line.count - text.count) + replacement(for: what))
      } else if text == end {
        guard begun != nil else { throw MarkerError(line: index + 1, problem: "a region ends that has not begun") }
        begun = nil
      } else if begun == nil {
        lines.append(line)
      }
    }
    if let begun { throw MarkerError(line: begun, problem: "the region does not end") }
    return lines.joined(separator: "\n")
  }

  /// The lines of a solution that its stub does not show: what must never be in a handout.
  package static func secrets(of solution: String) -> [String] {
    var isInside = false
    return solution.split(separator: "\n").compactMap { line in
      let text = line.drop { $0 == " " }
      if text.hasPrefix(beginning) {
        isInside = true
        return nil
      }
      if text == end { isInside = false }
      return isInside ? String(text) : nil
    }
  }

  private static let beginning = "// lab:begin"
  private static let end = "// lab:end"
  private static let declaration = "declare: "

  private static func replacement(for what: Substring) -> String {
    what.hasPrefix(declaration) ? "// \(what.dropFirst(declaration.count))" : "todo(\"\(what)\")"
  }
}
