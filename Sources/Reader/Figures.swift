import LineEnds

/// The figures of a chapter: its code blocks of kind `console`, each a command and what it printed.
///
/// ````
/// ```console
/// $ labs-cli sim scenarios/realtime.yml
/// Priorities
/// …
/// ```
/// ````
/// After `console` come the labs whose solutions the figure was made with, if any: without these solutions, its command
/// prints something else.
///
/// They are found in the text and not in the parsed document, so that their output can be replaced in place and
/// everything else stays as it was written. Blanks at the ends of lines do not count.
package struct Figures: Sendable {
  /// One figure.
  package struct Figure: Equatable, Sendable {
    /// The line of the command, counted from 1.
    package let line: Int
    /// The command, without the prompt.
    package let command: String
    /// The labs whose solutions it was made with.
    package let labs: [String]
    /// What it printed when the chapter was written.
    package let output: [String]
    /// The lines of the output among those of the text.
    fileprivate let place: Range<Int>
  }

  /// The figures, in the order of the text.
  package private(set) var figures: [Figure] = []
  private let lines: [String]

  private static let fence = "```"
  private static let kind = "console"
  /// The prompt before a command.
  static let prompt = "$ "

  /// Finds the figures of `chapter`.
  package init(of chapter: String) {
    lines = LineEnds.unified(chapter).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var open: Int?
    for (index, line) in lines.enumerated() where line.hasPrefix(Figures.fence) {
      guard let start = open else {
        open = index
        continue
      }
      if let labs = Figures.labs(of: String(lines[start].dropFirst(Figures.fence.count))) {
        add(start..<index, labs)
      }
      open = nil
    }
  }

  /// The chapter with other labs and another output in each figure, in their order.
  package func chapter(with contents: [(labs: [String], output: [String])]) -> String {
    precondition(contents.count == figures.count, "an output for each figure")
    var new: [String] = []
    var next = 0
    for (figure, content) in zip(figures, contents) {
      let command = figure.place.lowerBound - 1
      let opening = Figures.fence + ([Figures.kind] + content.labs).joined(separator: " ")
      new += lines[next..<command - 1] + [opening, lines[command]] + content.output
      next = figure.place.upperBound
    }
    return (new + lines[next...]).joined(separator: "\n")
  }

  /// The labs that come after the kind of a block of code; nil if the block is not a figure.
  static func labs(of info: String) -> [String]? {
    let words = info.split(separator: " ").map(String.init)
    return words.first == kind ? Array(words.dropFirst()) : nil
  }

  /// The command of a figure, without the prompt.
  static func command(of text: String) -> String? {
    let line = text.prefix { !$0.isNewline }
    return line.hasPrefix(prompt) ? String(line.dropFirst(prompt.count)) : nil
  }

  /// What a command printed, as lines of a figure.
  package static func lines(of output: String) -> [String] {
    var lines = LineEnds.unified(output).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The block that opens at the first line of `block` and closes before its end.
  private mutating func add(_ block: Range<Int>, _ labs: [String]) {
    let command = block.lowerBound + 1
    guard command < block.upperBound, lines[command].hasPrefix(Figures.prompt) else { return }
    let output = command + 1..<block.upperBound
    figures.append(
      Figure(
        line: command + 1, command: String(lines[command].dropFirst(Figures.prompt.count)),
        labs: labs, output: Array(lines[output]), place: output))
  }
}
