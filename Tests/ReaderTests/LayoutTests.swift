import Reader
import Testing

/// What holds for every text at every width.
@Suite struct LayoutLawTests {
  private static let widths = [20, 40, 80, 120]

  @Test(arguments: Corpus.prose + Corpus.tables, widths)
  func `no line is wider than the page except for a single word`(markdown: String, width: Int) {
    let wide = lines(markdown, width: width).filter { $0.width > width && !isOneWord($0.text) }
    #expect(wide.map(\.text) == [])
  }

  @Test(arguments: Corpus.verbatim, widths)
  func `only what is shown as written is wider than the page`(markdown: String, width: Int) {
    let wide = lines(markdown, width: width).filter { line in
      let text = line.text.drop { "│ •".contains($0) }
      return line.width > width && !isOneWord(line.text) && !markdown.contains(text)
    }
    #expect(wide.map(\.text) == [])
  }

  @Test(arguments: Corpus.all, widths)
  func `plain text is the coloured text without its escapes`(markdown: String, width: Int) {
    #expect(stripped(ansi(markdown, width: width)) == plain(markdown, width: width))
  }

  @Test(arguments: Corpus.all, widths)
  func `no control character is shown and no line ends in a blank`(markdown: String, width: Int) {
    let text = plain(markdown, width: width)
    #expect(!hasControls(text))
    #expect(!text.contains(" \n"))
  }

  @Test(arguments: Corpus.prose + Corpus.verbatim)
  func `no letter is lost or moved by the width`(markdown: String) {
    let letters = LayoutLawTests.widths.map { plain(markdown, width: $0).filter { $0.isLetter || $0.isNumber } }
    #expect(Set(letters).count == 1)
  }

  @Test(arguments: Corpus.all)
  func `the lines of a page come from the file in its order`(markdown: String) {
    let sources = lines(markdown, width: 80).map(\.source)
    #expect(sources == sources.sorted())
  }

  @Test func `the corpus is large enough to mean something`() {
    #expect(Corpus.all.count >= 60)
  }

  /// Whether there is only one word apart from marks, which have no letters.
  private func isOneWord(_ line: String) -> Bool {
    line.split(separator: " ").filter { word in word.contains { $0.isLetter } }.count <= 1
  }
}

/// What pages look like.
@Suite struct LayoutTests {
  @Test func `headings stand out without colours`() {
    #expect(
      plain("# One\n\nText.\n\n## Two\n\n### Three") == """
        One
        ═══

        Text.

        Two
        ───

        ### Three

        """)
  }

  @Test func `the further lines of an item hang under its first`() {
    #expect(
      plain("- an item that is longer than the line\n- next\n  1. nested and also longer than it\n", width: 24) == """
        • an item that is longer
          than the line
        • next
          1. nested and also
             longer than it

        """)
  }

  @Test func `numbers stand under each other`() {
    #expect(plain("9. nine\n10. ten") == " 9. nine\n10. ten\n")
  }

  @Test func `a loose list has blank lines between its items`() {
    #expect(plain("- one\n\n- two") == "• one\n\n• two\n")
  }

  @Test func `a check box takes the place of the bullet`() {
    #expect(plain("- [ ] to do\n- [x] done\n- plain") == "[ ] to do\n[x] done\n• plain\n")
  }

  @Test func `a quote has its bar on every line`() {
    #expect(
      plain("> Words that are too many for a line.\n>\n> > Nested.", width: 24) == """
        │ Words that are too
        │ many for a line.
        │
        │ │ Nested.

        """)
  }

  @Test func `an alert says what it is`() {
    #expect(plain("> [!WARNING]\n> Mind the step.") == "│ Warning\n│ Mind the step.\n")
  }

  @Test func `a label with words after it makes no alert`() {
    #expect(plain("> [!NOTE] well") == "│ [!NOTE] well\n")
  }

  @Test func `code is indented and never broken`() {
    #expect(
      plain("```\nfive words on a long line\n\n\tx\n```", width: 20) == "  five words on a long line\n\n          x\n")
  }

  @Test func `code that just fits the page has no margin`() {
    #expect(plain("```\nwide\n12345678901234567890\n```", width: 20) == "wide\n12345678901234567890\n")
  }

  @Test func `the columns of a table stand under each other`() {
    #expect(
      plain("| call | cost |\n|:-:|--:|\n| fork | 1,234 |\n| `a \\| b` | 5 |") == """
         call   │  cost
        ────────┼──────
         fork   │ 1,234
        `a | b` │     5

        """)
  }

  @Test func `the cells of a table are wrapped`() {
    #expect(
      plain("| a | b |\n|---|---|\n| one two three four five six | x |\n| y | z |", width: 20) == """
        a                │ b
        ─────────────────┼──
        one two three    │ x
        four five six    │
        ─────────────────┼──
        y                │ z

        """)
  }

  @Test func `a table that is too wide becomes a list of its rows`() {
    let wide = "| first | second |\n|---|---|\n| averyveryverylongword | anotherverylongword |\n| x | y |"
    #expect(
      plain(wide, width: 30) == """
        first: averyveryverylongword
        second: anotherverylongword

        first: x
        second: y

        """)
  }

  @Test func `a header without a word is left out`() {
    let table = "| | |\n|---|---|\n| `averyveryverylongword` | one two |\n| x | y |"
    #expect(plain(table, width: 40) == "`averyveryverylongword` │ one two\nx                       │ y\n")
    #expect(plain(table, width: 30).split(separator: "\n").first == "`averyveryverylongword` │ one")
    #expect(plain(table, width: 20) == "`averyveryverylongword`\none two\n\nx\ny\n")
    #expect(plain("| | b |\n|---|---|\n| 1 | 2 |", width: 20) == "  │ b\n──┼──\n1 │ 2\n")
  }

  @Test func `a table ends at the first line without a bar`() {
    #expect(plain("| a |\n|---|\n| 1 |\nText\nafter.") == "a\n─\n1\n\nText after.\n")
  }

  @Test func `references in cells are resolved`() {
    #expect(plain("| a |\n|---|\n| [r] |\n\n[r]: https://e.org") == "a\n─────────────────\nr (https://e.org)\n")
  }

  @Test func `an external address is spelt out and an address in the book is not`() {
    #expect(
      plain("[a](https://example.org) [b](02-x.md) <https://e.org>", width: 80)
        == "a (https://example.org) b https://e.org\n")
  }

  @Test func `comments are hidden and tags are not`() {
    #expect(plain("<!-- a -->\n\nx <!-- b --> <b>y</b><br>z") == "x  <b>y</b>\nz\n")
  }

  @Test func `footnotes are numbered as they are referred to`() {
    let text = "One[^b], two[^a], one[^b], none[^c].\n\n[^a]: A.\n[^b]: B\n    goes on.\n[^unused]: never shown"
    #expect(
      plain(text) == """
        One[1], two[2], one[1], none[^c].

        ──────────
        [1] B goes on.
        [2] A.

        """)
  }

  @Test func `front matter is not shown`() {
    #expect(plain("---\ntitle: x\n---\n# T") == "T\n═\n")
  }

  @Test func `what looks like syntax in code is code`() {
    #expect(plain("```\n[^1]: x\n| a |\n|---|\n```") == "  [^1]: x\n  | a |\n  |---|\n")
  }

  @Test func `bars give way before text gets too narrow`() {
    let deep = String(repeating: "> ", count: 12) + "some words in twelve quotes"
    #expect(lines(deep, width: 20).allSatisfy { $0.width <= 20 })
  }

  @Test func `a line knows where it comes from`() {
    #expect(lines("# T\n\nText.\n\n- a\n- b", width: 40).map(\.source) == [1, 1, 3, 3, 5, 5, 6])
  }
}
