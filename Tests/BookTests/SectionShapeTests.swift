import Grader
import Reader
import Testing

/// Every section of the book is built in the same way, so that a reader knows where to find what.
@Suite struct SectionShapeTests {
  @Test(arguments: try Section.all())
  func `a section asks, promises and ends like all others`(section: Section) {
    #expect(section.findings == [])
  }

  @Test func `each element of a section is recognised, and so is one that is missing`() {
    let bare = Section(lines: ["", "Prose."], hasLab: false, name: "bare")
    #expect(bare.findings.count == 8)
    #expect(Section(lines: Self.whole, hasLab: true, name: "whole").findings == [])
    #expect(Section(lines: Self.whole, hasLab: false, name: "whole").findings == ["'### Before the lab' without a lab"])
    let moved = Self.whole.filter { $0 != "### Simplified" } + ["### Simplified", "- none"]
    #expect(Section(lines: moved, hasLab: true, name: "moved").findings == ["its parts are in another order"])
  }

  /// A section with all that it must have.
  private static let whole = """

    > **What is asked?**

    After this section you can:

    - trace it
    - predict it
    - write it

    Text.

    ### In Linux
    ### Simplified
    - none
    ### Predict, then run
    1. What?

           labs-cli sim scenarios/pipe.yml

    2. What?

           labs-cli sim scenarios/pipe.yml

    3. What?

           labs-cli race examples/peterson.swift

    ### Questions
    1. Why?
    2. **On your own Linux.** Look.
    ### Before the lab
    - 1
    - 2
    - 3
    - 4
    - 5
    ### Summary
    - 1
    - 2
    - 3
    - 4
    - 5
    ### Further reading
    - A paper.
    - A page.
    """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

/// A section of a chapter: everything between its heading and the next of its level.
struct Section: Sendable, CustomTestStringConvertible {
  /// The lines below the heading.
  let lines: [String]
  /// Whether a lab belongs to it.
  let hasLab: Bool
  /// Its name in messages.
  let name: String

  var testDescription: String { name }

  /// The sections of all chapters; appendices and answers have a shape of their own.
  static func all() throws -> [Section] {
    let asked = try BookFiles.labs().map { try LabManifest(folder: $0.path).section }
    return try BookFiles.book().chapters.filter { $0.number < 90 }.flatMap { chapter in
      let page = try Page("chapters/\(chapter.name).md")
      let code = Set(page.blocks.flatMap { Array($0.body) })
      let starts = page.lines.indices.filter { page.lines[$0].hasPrefix("## ") && !code.contains($0) }
      let anchors = try chapter.load().headings.filter { $0.level == 2 }.map(\.anchor)
      return zip(starts.indices, anchors).compactMap { number, anchor -> Section? in
        guard page.lines[starts[number]] != "## Answers" else { return nil }
        let end = number + 1 < starts.count ? starts[number + 1] : page.lines.count
        let lines = (starts[number] + 1..<end).map { code.contains($0) ? "(code)" : page.lines[$0] }
        let reference = "\(chapter.number)#\(anchor)"
        return Section(lines: lines, hasLab: asked.contains(reference), name: reference)
      }
    }
  }

  /// The headings that end it, in order.
  private static let headings = [
    "### In Linux", "### Simplified", "### Predict, then run", "### Questions", "### Before the lab", "### Summary",
    "### Further reading",
  ]

  /// What it lacks.
  var findings: [String] { opening + order + contents }

  private var opening: [String] {
    var findings: [String] = []
    let first = lines.first { !$0.isEmpty } ?? ""
    let isQuestion = first.hasPrefix("> **") && first.hasSuffix("?**")
    if !isQuestion { findings.append("it does not begin with '> **a question?**'") }
    let promises = items(after: "After this section you can:")
    if promises != 3 { findings.append("'After this section you can:' has \(promises) lines, not 3") }
    return findings
  }

  private var order: [String] {
    let wanted = Self.headings.filter { hasLab || $0 != "### Before the lab" }
    let found = lines.filter(Self.headings.contains)
    let missing = wanted.filter { !found.contains($0) }.map { "no '\($0)'" }
    let surplus = found.filter { !wanted.contains($0) }.map { "'\($0)' without a lab" }
    let isInOrder = found.filter(wanted.contains) == wanted.filter(found.contains)
    return missing + surplus + (isInOrder ? [] : ["its parts are in another order"])
  }

  private var contents: [String] {
    var findings: [String] = []
    func expect(_ heading: String, _ range: ClosedRange<Int>, _ what: String, _ count: ([String]) -> Int) {
      guard let part = part(heading), !range.contains(count(part)) else { return }
      findings.append("'\(heading)' has \(count(part)) \(what), not \(range.lowerBound) to \(range.upperBound)")
    }
    expect("### Predict, then run", 3...3, "numbered items") { $0.count { $0.prefixMatch(of: #/\d\. /#) != nil } }
    expect("### Predict, then run", 3...9, "commands") { $0.count { $0.prefixMatch(of: #/ +labs-cli /#) != nil } }
    expect("### Questions", 1...9, "questions on your own Linux") { $0.count { $0.contains("**On your own Linux.**") } }
    expect("### Before the lab", 5...5, "lines", listed)
    expect("### Summary", 5...5, "lines", listed)
    expect("### Further reading", 2...4, "items", listed)
    return findings
  }

  /// How many items of a list there are below a line, up to the first line that neither begins nor continues one.
  private func items(after line: String) -> Int {
    guard let start = lines.firstIndex(of: line) else { return 0 }
    return listed(lines[(start + 1)...].drop { $0.isEmpty }.prefix { $0.prefixMatch(of: #/[-*] |  /#) != nil } + [])
  }

  private func listed(_ lines: [String]) -> Int { lines.count { $0.prefixMatch(of: #/[-*] /#) != nil } }

  /// The lines below a heading, up to the next.
  private func part(_ heading: String) -> [String]? {
    lines.firstIndex(of: heading).map { start in Array(lines[(start + 1)...].prefix { !$0.hasPrefix("#") }) }
  }
}
