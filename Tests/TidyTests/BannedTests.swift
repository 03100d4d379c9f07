import Testing

@Suite struct BannedTests {
  /// Something that must not be in code, and what to do instead.
  struct Rule: Sendable {
    let pattern: String
    let folders: [String]
    let instead: String
  }

  private static let everywhere = ["Sources", "solutions", "labs", "Benchmarks"]
  /// Everywhere except in solutions of other designs, which are written as students write, even with classes.
  private static let ours =
    everywhere.filter { $0 != "solutions" } + ["solutions/reference", "solutions/suites", "solutions/mutants"]
  private static let kernel = ["Sources/LabKernel"]
  private static let pure = ["Sources/LabKernel", "Sources/Judging"]

  private static let rules = [
    Rule(pattern: #"\btry!"#, folders: everywhere, instead: "handle the error, or trap with a sentence"),
    Rule(pattern: #"[\w)\]]!(?!=)"#, folders: everywhere, instead: "guard let, or precondition with a sentence"),
    Rule(pattern: #"@unchecked\s+Sendable"#, folders: ours, instead: "make it a value"),
    Rule(pattern: #"nonisolated\(unsafe\)"#, folders: everywhere, instead: "pass the value as a parameter"),
    Rule(pattern: "@preconcurrency", folders: everywhere, instead: "wrap the old interface in a value of ours"),
    Rule(
      pattern: #"^\s*import\s+(?!LabKernel\b|LabHarness\b|Interleave\b)"#, folders: pure,
      instead: "the standard library alone"),
    Rule(pattern: #"\bDate\("#, folders: pure, instead: "Instant, which is simulated"),
    Rule(pattern: #"\bUUID\("#, folders: pure, instead: "a typed id, a row's number"),
    Rule(pattern: #"\bhashValue\b"#, folders: pure, instead: "an order of your own; hashes differ between processes"),
    Rule(pattern: #"\b(Float|Double)\b"#, folders: kernel, instead: "integers; floating point decides nothing"),
    Rule(pattern: #"\b(async|await)\b"#, folders: kernel, instead: "an event in the queue"),
    Rule(pattern: #"\b(print|debugPrint)\("#, folders: ["Sources/Judging"], instead: "return the text"),
    Rule(
      pattern: #"SystemRandomNumberGenerator|\.random\(|\.shuffled\(\)"#, folders: pure, instead: "RandomSource"),
  ]

  @Test(arguments: rules.indices)
  func `nothing banned is used`(number: Int) throws {
    let rule = BannedTests.rules[number]
    let pattern = try Regex(rule.pattern)
    let findings = try rule.folders.flatMap { try Tree.files(under: $0) }.flatMap { file in
      file.code.indices.filter { file.code[$0].contains(pattern) }.map {
        file.finding($0, "'\(file.lines[$0].trimmed)'; instead: \(rule.instead)")
      }
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  @Test(arguments: ["TODO", "FIXME", "HACK", "MARK:", "for now", "provisional"])
  func `no comment postpones anything`(word: String) throws {
    let findings = try Tree.files(under: "Sources", "solutions", "labs", "Benchmarks").flatMap { file in
      file.lines.indices.filter { file.lines[$0].contains(word) }.map {
        file.finding($0, "'\(word)'; instead: do it, or write down why not in docs/decisions")
      }
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  @Test func `no line has a tab or ends in a blank`() throws {
    let findings = try Tree.files(under: "Sources", "solutions", "labs", "Benchmarks", "Tests").flatMap { file in
      file.lines.indices.filter { file.lines[$0].contains("\t") || file.lines[$0].last == " " }.map {
        file.finding($0, "a tab, or a blank at the end; swift format -i \(file.path)")
      }
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }
}

extension String {
  /// Without the blanks around it.
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
