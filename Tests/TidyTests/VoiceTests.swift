import Foundation
import Testing

/// The English of the project, as far as patterns can keep it: see the decision on one voice.
@Suite struct VoiceTests {
  /// Words that read like a translation, and what to write instead.
  struct Habit: Sendable, CustomTestStringConvertible {
    let pattern: String
    let instead: String

    var testDescription: String { pattern }
  }

  private static let habits = [
    Habit(pattern: #"\b[Ww]hoever\b"#, instead: "a task that …, a CPU that …"),
    Habit(
      pattern: #"\b([Nn]obody|[Ss]omebody|[Aa]nybody|[Ee]verybody)\b(?!-there|`)"#,
      instead: "the noun: no task, each CPU"
    ),
    Habit(pattern: #"(^|[.:;] +|/// |// )Who [a-z][^?]*[.,]"#, instead: "A task that …; 'who' only in questions"),
    Habit(pattern: #"\b(task|CPU|reader|writer|waiter|owner|holder|caller)s? who\b"#, instead: "that"),
    Habit(pattern: #"\bfor ever\b"#, instead: "forever"),
    Habit(pattern: #"\banew\b"#, instead: "again"),
    Habit(pattern: #"\bwhat (becomes|became) of\b"#, instead: "what happens to"),
    Habit(pattern: #"\bon the way back\b"#, instead: "when returning to"),
    Habit(pattern: #"\b(is|are|was) good for\b"#, instead: "is for"),
    Habit(pattern: #"\bas good as\b"#, instead: "works too; almost"),
    Habit(pattern: #"\b(waits?|stands?|is|are|gets?|been) in line\b"#, instead: "is queued, on the queue"),
    Habit(pattern: #"\ba (file|folder|line|letter|column) a (lab|task|CPU|file|millisecond|tick)\b"#, instead: "per"),
  ]

  /// What is read by people: the book, sheets, manifests, scenarios, and what is said in code.
  ///
  /// Solutions of other designs and wrong ones are written as students write.
  private static let folders = [
    "chapters", "labs", "scenarios", "examples", "docs", "Sources", "Tests", "Benchmarks", "solutions/reference",
    "solutions/suites",
  ]
  private static let files = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
  private static let kinds = ["md", "yml", "swift"]

  @Test(arguments: habits)
  func `the project speaks plain English`(habit: Habit) throws {
    let pattern = try Regex(habit.pattern)
    let findings = try Self.texts.get().flatMap { path, lines in
      lines.indices.filter { lines[$0].contains(pattern) }.map { "\(path):\($0 + 1): instead: \(habit.instead)" }
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  /// All lines that are looked at, read once; this file shows what it looks for.
  private static let texts = Result {
    try (files + folders.flatMap { try paths(under: $0) }).filter { !$0.hasSuffix("VoiceTests.swift") }.map { path in
      let text = try String(contentsOf: Tree.root.appendingPathComponent(path), encoding: .utf8)
      return (path, text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) })
    }
  }

  private static func paths(under folder: String) throws -> [String] {
    let url = Tree.root.appendingPathComponent(folder)
    guard FileManager.default.fileExists(atPath: url.path) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: url.path)
      .filter { path in kinds.contains { path.hasSuffix(".\($0)") } }.sorted().map { "\(folder)/\($0)" }
  }
}
