import Reader
import Testing

@Suite struct DocumentTests {
  private let text = document(
    """
    # Scheduling

    Intro.

    ## Real time

    Fixed[^1] priorities.

    ### FIFO

    First.

    ## Fair!

    Shares.

    # Appendix

    [^1]: Static.
    """)

  @Test func `headings have the names that GitHub gives them`() {
    let headings = ["Real time", "`nice` & friends", "What's new?", "A_b-c", "Größe 中文", "  Two  blanks ", "C++ (1)"]
    let document = document(headings.map { "## \($0)" }.joined(separator: "\n\n"))
    #expect(
      document.headings.map(\.anchor)
        == ["real-time", "nice--friends", "whats-new", "a_b-c", "größe-中文", "two--blanks", "c-1"])
  }

  @Test func `equal headings are numbered`() {
    #expect(document("# A\n# A\n# A-1\n# A").headings.map(\.anchor) == ["a", "a-1", "a-1-1", "a-2"])
  }

  @Test func `headings in quotes and lists have no names`() {
    #expect(document("> # A\n\n- # B\n\n# C").headings.map(\.anchor) == ["c"])
  }

  @Test(arguments: [
    ("scheduling", ["Scheduling", "Real time", "FIFO", "Fair!"]), ("real-time", ["Real time", "FIFO"]),
    ("fifo", ["FIFO"]), ("fair", ["Fair!"]), ("appendix", ["Appendix"]),
  ])
  func `a section ends at the next heading of its level or above`(anchor: String, expected: [String]) throws {
    let heading = try #require(text.headings.first { $0.anchor == anchor })
    #expect(text.section(heading).headings.map(\.text) == expected)
  }

  @Test func `a section has its own footnotes and no others`() throws {
    let pages = try ["real-time", "fair"].map { anchor in
      let heading = try #require(text.headings.first { $0.anchor == anchor })
      let lines = Layout(width: 40).lines(of: text.section(heading))
      return lines.contains { $0.text == "[1] Static." }
    }
    #expect(pages == [true, false])
  }

  @Test func `the title is the first heading`() {
    #expect(text.title == "Scheduling")
    #expect(document("Text.").title == nil)
  }
}

private func document(_ markdown: String) -> Document { Document(Array(markdown.utf8)) }
