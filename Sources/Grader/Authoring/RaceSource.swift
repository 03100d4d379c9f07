/// A file with CPUs in it, made into a program that can be compiled like a submission.
///
/// ```swift
/// import Interleave
/// let x = Atomic(0)
/// cpu { x.store(1, ordering: .relaxed) }
/// cpu { observe("x", x.load(ordering: .relaxed)) }
/// ```
///
/// Top-level statements of a file run once. These must run again for each execution, so the file becomes the body of a
/// function. Its lines stay where they are: what the compiler and the tables say about a line holds for the file.
package struct RaceSource: Sendable {
  /// The type that the program becomes.
  static let component = "KernelByHandRace"

  private let lines: [Substring]
  private let outline: Outline

  /// Reads the text of a file.
  package init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    outline = Outline(of: text)
  }

  /// The program, in which each line keeps its number in the file that the compiler sees.
  package var wrapped: String {
    var body = lines
    for index in outline.imports { body[index] = "" }
    let imports = outline.imports.flatMap { [place(of: $0), String(lines[$0]), "#sourceLocation()"] }
    let names = outline.variables.map { "kernelByHandRace.name(\"\($0)\") { \($0) }" }
    return
      (["import Interleave", "import LabHarness", "import LabKernel"] + imports + [Self.head, place(of: 0)]
      + body.map(String.init) + names + ["}", "}", ""]).joined(separator: "\n")
  }

  /// The line, counted from 1, of a brace or bracket that is never closed; nil if there is none.
  var unclosedLine: Int? { outline.open.last.map { $0 + 1 } }

  private func place(of index: Int) -> String {
    "#sourceLocation(file: \"\(Builder.pathInSandbox(0))\", line: \(index + 1))"
  }

  /// What the file can call in addition to what it imports.
  private static let head = """
    enum \(component): LabHarness.RaceProgram {
      static func setUp(_ kernelByHandRace: LabHarness.Race) {
        func cpu(_ body: @escaping () -> Void) { kernelByHandRace.cpu(body) }
        func interrupt(on cpu: Int, _ body: @escaping () -> Void) { kernelByHandRace.interrupt(on: cpu, body) }
    """
}

/// The parts of a file's outline that matter here: its imports, and the variables outside all braces.
private struct Outline {
  /// The lines, counted from 0, that import something.
  private(set) var imports: [Int] = []
  /// The names of the variables.
  private(set) var variables: [String] = []
  /// The lines of the braces and brackets that are open.
  private(set) var open: [Int] = []

  init(of text: String) {
    var words = SwiftWords(text)
    var statement: [Substring] = []
    var pattern: [Substring] = []
    var line = 0
    while let word = words.next() {
      if open.isEmpty, word.text == ";" || word.line != line && statement.last != "," {
        add(statement, pattern, line)
        (statement, pattern) = ([], [])
      }
      line = word.line
      if open.count == 1, statement.count == 2, statement[1] == "(" { pattern.append(word.text) }
      if open.isEmpty, word.text != ";" { statement.append(word.text) }
      if ["{", "(", "["].contains(word.text) { open.append(line) }
      if ["}", ")", "]"].contains(word.text) { _ = open.popLast() }
    }
    add(statement, pattern, line)
  }

  /// - Parameter pattern: what stands in brackets after the first word: the names in `let (x, y) = …`.
  private mutating func add(_ statement: [Substring], _ pattern: [Substring], _ line: Int) {
    guard let first = statement.first else { return }
    if first == "import" { imports.append(line) }
    // A computed variable has no value of its own.
    guard first == "let" || first == "var", first == "let" || statement.contains("=") else { return }
    variables += pattern.filter { $0.first?.isLetter == true }.map(String.init)
    for index in statement.indices.dropFirst().dropLast() where ["let", "var", ","].contains(statement[index - 1]) {
      let word = statement[index]
      let isName = word.first?.isLetter == true && ["=", ":"].contains(statement[index + 1])
      if isName { variables.append(String(word)) }
    }
  }
}

/// The words and signs of a Swift file, without its comments and strings.
private struct SwiftWords {
  private var rest: Substring
  private var line = 0

  init(_ text: String) { rest = text[...] }

  /// The next word or sign, with its line counted from 0.
  mutating func next() -> (text: Substring, line: Int)? {
    while let first = rest.first {
      if first.isWhitespace {
        skip(1)
      } else if rest.hasPrefix("//") {
        skip(rest.prefix { !$0.isNewline }.count)
      } else if rest.hasPrefix("/*") {
        skip(through: "*/", after: 2)
      } else if rest.hasPrefix("\"\"\"") {
        skip(through: "\"\"\"", after: 3)
      } else if first == "\"" {
        skipString()
      } else {
        let length = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }.count
        defer { skip(max(length, 1)) }
        return (rest.prefix(max(length, 1)), line)
      }
    }
    return nil
  }

  private mutating func skip(_ count: Int) {
    line += rest.prefix(count).count { $0.isNewline }
    rest = rest.dropFirst(count)
  }

  private mutating func skip(through end: String, after start: Int) {
    skip(start)
    while !rest.isEmpty, !rest.hasPrefix(end) { skip(1) }
    skip(end.count)
  }

  private mutating func skipString() {
    skip(1)
    while let first = rest.first, first != "\"", !first.isNewline { skip(first == "\\" ? 2 : 1) }
    skip(1)
  }
}
