import Reader
import Testing

@Suite struct CmarkTreeTests {
  @Test func `a list knows its numbers and whether it is tight`() {
    guard case .list(let list)? = blocks("7) a\n8) b").first?.content else { return notFound() }
    #expect(list.start == 7)
    #expect(list.delimiter == ")")
    #expect(list.isTight)
    #expect(list.items.count == 2)
  }

  @Test func `code keeps the words after its fence`() {
    #expect(blocks("```swift ignored\nlet x\n```").map(\.content) == [.code(info: "swift ignored", text: "let x\n")])
  }

  @Test func `dashes stay dashes`() {
    #expect(blocks("`--flag` --flag").map(\.content) == [.paragraph([.code("--flag"), .text(" --flag")])])
  }

  @Test func `line numbers are those of the file, front matter included`() {
    #expect(blocks("---\na: b\n---\n# T\n\n[^1]: note\n\nText[^1].").map(\.line) == [4, 8])
  }

  @Test func `nesting stops at sixteen`() {
    func depth(_ blocks: [Block]) -> Int {
      guard case .quote(let inner)? = blocks.first?.content else { return 0 }
      return 1 + depth(inner)
    }
    #expect(depth(blocks(String(repeating: "> ", count: 100) + "x")) == 16)
  }

  @Test func `a footnote without definition is text`() {
    #expect(blocks("a[^1]").map(\.content) == [.paragraph([.text("a[^1]")])])
  }

  @Test func `a definition in code is code`() {
    #expect(blocks("a[^1]\n\n```\n[^1]: x\n```").count == 2)
  }
}

@Suite struct TableSyntaxTests {
  @Test(arguments: [
    "| a | b |\n|---|", "| a |\n| b |", "a | b\n-- --", "a\n--|--", "| a |\n|-x-|", "| a |\n|::|", "| a |\n||",
  ])
  func `lines without a matching row of dashes are not a table`(markdown: String) {
    let isTable = blocks(markdown).contains { if case .table = $0.content { true } else { false } }
    #expect(!isTable)
  }

  private static let table = "a │ b\n──┼──\n1 │ 2"

  @Test(arguments: [
    ("After text:\n| a | b |\n|---|---|\n| 1 | 2 |", "After text:\n\n\(table)\n"),
    ("a | b\n--- | ---\n1 | 2", "\(table)\n"),
    ("a | b\n--- | ---\n1 | 2\nText.", "\(table)\n\nText.\n"),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n---", "\(table)\n\n────────────────────\n"),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n---\n\nx", "\(table)\n\n────────────────────\n\nx\n"),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n===", "\(table)\n"),
    (
      "1. In an item:\n   | a | b |\n   |---|---|\n   | 1 | 2 |",
      "1. In an item:\n   a │ b\n   ──┼──\n   1 │ 2\n"
    ),
    (
      "Note[^n].\n\n[^n]: See\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |",
      "Note[1].\n\n──────────\n[1] See\n\n    a │ b\n    ──┼──\n    1 │ 2\n"
    ),
    (
      "# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nText[^n].\n\n[^n]: First.\n\n    One\n    and two\n    and three.",
      "Title\n═════\n\n\(table)\n\nText[1].\n\n──────────\n[1] First.\n\n    One and two and\n    three.\n"
    ),
    (
      "x\n| a | b |\n|---|---|\n| 1 | 2 |\ny\n| a | b |\n|---|---|\n| 1 | 2 |",
      "x\n\n\(table)\n\ny\n\n\(table)\n"
    ),
  ])
  func `a table is found wherever its lines are`(markdown: String, page: String) {
    #expect(plain(markdown, width: 20) == page)
  }

  @Test func `cells are running text whatever they begin with`() {
    guard
      case .table(let table)? = blocks("| # a | - b | 1. c | ``` |\n|-|-|-|-|\n| d # | > e | \\# | |").first?.content
    else { return notFound() }
    #expect(table.header.map(\.plainText) == ["# a", "- b", "1. c", "```"])
    #expect(table.rows.map { $0.map(\.plainText) } == [["d #", "> e", "#", ""]])
  }

  @Test func `rows are as long as the header`() {
    guard case .table(let table)? = blocks("| a | b |\n|:-|-:|\n| 1 |\n| 1 | 2 | 3 |").first?.content
    else { return notFound() }
    #expect(table.rows.map(\.count) == [2, 2])
    #expect(table.alignments == [.left, .right])
  }
}

@Suite struct AlertSyntaxTests {
  @Test(arguments: Alert.allCases)
  func `a label alone on its line makes an alert`(alert: Alert) {
    guard case .alert(let found, let inner)? = blocks("> [!\(alert.rawValue.uppercased())]\n> x").first?.content
    else { return notFound() }
    #expect(found == alert)
    #expect(inner.map(\.content) == [.paragraph([.text("x")])])
  }

  @Test(arguments: ["> [!note]\n> x", "> [!NOTE] x", "> x\n> [!NOTE]", "> [!OTHER]\n> x", "[!NOTE]"])
  func `anything else does not`(markdown: String) {
    let isAlert = blocks(markdown).contains { if case .alert = $0.content { true } else { false } }
    #expect(!isAlert)
  }

  @Test(arguments: [("- [ ] a", false), ("- [x] a", true), ("- [X] a", true), ("- [y] a", nil), ("- [x]a", nil)])
  func `a box at the beginning of an item makes a task`(markdown: String, isDone: Bool?) {
    guard case .list(let list)? = blocks(markdown).first?.content else { return notFound() }
    #expect(list.items.map(\.isDone) == [isDone])
  }
}

private func notFound() { Issue.record("the text was parsed as something else") }

private func blocks(_ markdown: String) -> [Block] { Document(Array(markdown.utf8)).blocks }
