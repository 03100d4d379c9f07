import LineEnds
import Reader
import Testing

@Suite struct LineEndsTests {
  @Test(arguments: [
    ("", ""), ("a", "a"), ("a\nb\n", "a\nb\n"), ("a\r\nb\r\n", "a\nb\n"), ("a\rb\r", "a\nb\n"),
    ("a\n\rb", "a\n\nb"), ("\r\r\n\n", "\n\n\n"), ("\u{FEFF}a", "a"), ("\u{FEFF}", ""), ("a\u{FEFF}", "a\u{FEFF}"),
  ])
  func `each line ends in one line feed`(text: String, unified: String) {
    #expect(Array(LineEnds.unified(text).utf8) == Array(unified.utf8))
    #expect(LineEnds.unified(Array(text.utf8)) == Array(unified.utf8))
  }

  private static let chapter = """
    ---
    title: x
    ---
    # Title

    Text[^n].

    ```console
    $ labs-cli sim a.yml
    old
    ```

    | a | b |
    |---|---|
    | 1 | 2 |

    [^n]: Note.

    """

  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func `a chapter is the same however its lines end`(end: String, mark: String) {
    let text = mark + Self.chapter.replacing("\n", with: end)
    #expect(plain(text) == plain(Self.chapter))
    #expect(Figures(of: text).figures.map(\.command) == ["labs-cli sim a.yml"])
    #expect(Figures(of: text).figures.map(\.output) == [["old"]])
    #expect(Figures(of: text).chapter(with: [([], ["old"])]) == Self.chapter)
  }
}
