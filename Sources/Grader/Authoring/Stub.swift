import LineEnds

/// Derives the file that a student starts with from the solution, so that the two cannot drift apart.
///
/// The solution marks what the student is to write:
///
/// ```swift
///     // lab:begin choose the block
///     let block = …
///     return block
///     // lab:end
/// ```
/// A region of statements becomes `todo("choose the block")`; a region that begins with `// lab:begin declare: …`
/// becomes a comment that says what to add. Everything else stays as it is.
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

    /// The line and what is wrong there.
    package var description: String { "line \(line): \(problem)" }
  }

  /// The stub of a solution.
  ///
  /// - Throws: `MarkerError` if the markers do not match, if a line looks like a marker but is not one, or if there is
  ///   no region at all: such a stub would be the answer.
  package static func derive(from solution: String) throws(MarkerError) -> String {
    let lines = lines(of: solution)
    let regions = try regions(in: lines)
    var stub: [String] = []
    var next = 0
    for region in regions {
      let indent = lines[region.lines.lowerBound].prefix { $0 == " " || $0 == "\t" }
      stub += lines[next..<region.lines.lowerBound] + [indent + replacement(for: region.task)]
      next = region.lines.upperBound + 1
    }
    return (stub + lines[next...]).joined(separator: "\n")
  }

  /// The lines of a solution that its stub does not show: what must never be in a handout.
  ///
  /// - Throws: `MarkerError` as ``derive(from:)`` does.
  package static func secrets(of solution: String) throws(MarkerError) -> [String] {
    let lines = lines(of: solution)
    return try regions(in: lines).flatMap { region in
      lines[region.lines].dropFirst().map { String($0.drop { $0 == " " || $0 == "\t" }) }
    }.filter { !$0.isEmpty }
  }

  /// The part between two markers: from the line of the first up to, but not including, that of the second.
  private struct Region {
    let task: String
    let lines: Range<Int>
  }

  private static func lines(of solution: String) -> [String] {
    LineEnds.unified(solution).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func regions(in lines: [String]) throws(MarkerError) -> [Region] {
    var regions: [Region] = []
    var begun: (line: Int, task: String)?
    for (index, line) in lines.enumerated() {
      guard let marker = try marker(line, number: index + 1) else { continue }
      switch (marker, begun) {
      case (.begin(let task), nil): begun = (index, task)
      case (.begin, .some): throw MarkerError(line: index + 1, problem: "a region begins inside another")
      case (.end, nil): throw MarkerError(line: index + 1, problem: "a region ends that has not begun")
      case (.end, let region?):
        regions.append(Region(task: region.task, lines: region.line..<index))
        begun = nil
      }
    }
    if let begun { throw MarkerError(line: begun.line + 1, problem: "the region does not end") }
    guard !regions.isEmpty else {
      throw MarkerError(line: 1, problem: "there is no region: the stub would be the solution")
    }
    return regions
  }

  private enum Marker {
    case begin(String)
    case end
  }

  /// The marker on a line; a line that only resembles one is refused.
  private static func marker(_ line: String, number: Int) throws(MarkerError) -> Marker? {
    let text = line.drop { $0 == " " || $0 == "\t" }
    if text == end { return .end }
    if text.hasPrefix(beginning + " ") || text == beginning {
      let task = text.dropFirst(beginning.count).drop { $0 == " " }
      guard !task.isEmpty else { throw MarkerError(line: number, problem: "the region does not say what to do") }
      return .begin(String(task))
    }
    let letters = line.lowercased().filter { $0 != " " && $0 != "\t" }
    guard !letters.contains("//lab:") && !letters.contains("/*lab:") else {
      throw MarkerError(line: number, problem: "this is no marker: '\(beginning) …' and '\(end)' are")
    }
    return nil
  }

  private static let beginning = "// lab:begin"
  private static let end = "// lab:end"
  private static let declaration = "declare: "

  private static func replacement(for what: String) -> String {
    what.hasPrefix(declaration) ? "// \(what.dropFirst(declaration.count))" : "todo(\"\(what)\")"
  }
}
