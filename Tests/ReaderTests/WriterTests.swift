import Reader
import Testing

@Suite struct WriterTests {
  @Test func `styles are switched on and off around their text`() {
    #expect(ansi("a *b* **c** ***d***") == "a \u{1B}[3mb\u{1B}[0m \u{1B}[1mc\u{1B}[0m \u{1B}[1;3md\u{1B}[0m\n")
  }

  @Test func `every line ends as it began`() {
    let lines = ansi("**many words that are all strong and on several lines**", width: 20).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.hasPrefix("\u{1B}[1m") && $0.hasSuffix("\u{1B}[0m") })
  }

  @Test func `a link is written for terminals that know links`() {
    #expect(
      ansi("<https://e.org>")
        == "\u{1B}]8;;https://e.org\u{1B}\\\u{1B}[4;34mhttps://e.org\u{1B}]8;;\u{1B}\\\u{1B}[0m\n")
  }

  @Test func `a link into the book is not a link for the terminal`() {
    #expect(!ansi("[a](06-ipc.md)").contains("]8;;"))
  }

  @Test func `nothing is written for nothing`() {
    #expect(Writer.plain([]) == [])
    #expect(Writer.ansi([]) == [])
  }
}
