import Reader
import Testing

/// Texts that try to do harm.
@Suite struct HostileTests {
  static let attacks = [
    "raw \u{1B}[2J escape",
    "entity &#27;[2J and &#x1b;]0;title&#7; and &#x9b;2J",
    "code `\u{1B}[31m` and `&#27;`",
    "```sh\u{1B}]0;title\u{7}\n\u{1B}[2J\u{8}\u{8}\n```",
    "    \u{1B}[2J indented",
    "[link](https://e.org/\u{1B}]8;;evil\u{1B}\\x)",
    "[link](<https://e.org/&#27;]8;;evil&#27;\\x> \"\u{1B}\")",
    "[link](https://e.org/%1b&#x9c;&#7;)",
    "<https://e.org/\u{7}>",
    "[link](javascript:alert(1)) [l](data:text/html,x) [l](vbscript:x)",
    "<b\u{1B}[2J> <!-- \u{1B}[2J --> <div title=\"\u{1B}\">",
    "# \u{1B}[2J heading &#27;",
    "| \u{1B}[2J | &#27; |\n|---|---|\n| \u{9B}2J | \u{7} |",
    "bidi \u{202E}txt.exe\u{202C} and \u{2066}x\u{2069} and \u{200F} &#x202e;",
    "separators \u{2028} and \u{2029}",
    "C1 \u{85} \u{90} \u{9D}0;title\u{9C}",
    "NUL \0 and &#0; and DEL \u{7F}",
    "carriage return &#13; overwrites",
    "footnote[^\u{1B}]\n\n[^\u{1B}]: \u{1B}[2J",
    "---\n\u{1B}[2J\n---\n\u{1B}[2J",
    "> [!NOTE]\n> \u{1B}[2J",
    "- [x] \u{1B}[2J",
    "![\u{1B}[2J](\u{1B}[2J)",
  ]

  @Test(arguments: attacks)
  func `no control character reaches the screen`(markdown: String) {
    #expect(!hasControls(plain(markdown)))
    #expect(stripped(ansi(markdown)) == plain(markdown))
  }

  @Test(arguments: attacks)
  func `a link is printable and of a harmless scheme`(markdown: String) {
    for href in lines(markdown, width: 80).flatMap(\.spans).compactMap(\.href) {
      #expect(href.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
      #expect(href.hasPrefix("https://"))
    }
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x41], [0xC3], [0xE2, 0x82], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0x60, 0xFF, 0x60], [0x5B, 0x61, 0x5D, 0x28, 0xFF, 0x29], [0x7C, 0xFF, 0x7C, 0x0A, 0x7C, 0x2D, 0x7C],
    ] as [[UInt8]])
  func `invalid text is replaced and not passed on`(bytes: [UInt8]) {
    let text = Writer.plain(Layout(width: 40).lines(of: Document(bytes)))
    #expect(String(validating: text, as: UTF8.self) != nil)
  }

  @Test(arguments: [">", "> ", "- ", "1. ", "*a ", "[", "![", "**", "`a ", "<b>", "| ", "\\", "&#27;", "# "])
  func `ten thousand of any mark are shown in reasonable time`(mark: String) {
    let page = lines(String(repeating: mark, count: 10_000) + "end", width: 80)
    #expect(page.contains { $0.text.hasSuffix("end") })
  }

  @Test func `deeply nested lists over many lines are shown in reasonable time`() {
    let text = (0..<1000).map { String(repeating: "  ", count: $0) + "- x" }.joined(separator: "\n")
    #expect(plain(text, width: 80).filter { $0 == "x" }.count == 1000)
  }

  @Test func `a line of a megabyte is wrapped`() {
    let page = lines(String(repeating: "word ", count: 200_000), width: 80)
    #expect(page.count == 12_500)
  }

  @Test func `a word of a megabyte is one line`() {
    #expect(lines(String(repeating: "x", count: 1_000_000), width: 80).map(\.width) == [1_000_000])
  }

  @Test func `a table of a thousand columns is a paragraph`() {
    let row = String(repeating: "| a ", count: 1000) + "|"
    let text = "\(row)\n\(String(repeating: "|---", count: 1000))|\n\(row)"
    #expect(plain(text, width: 80).hasPrefix("| a | a | a "))
  }
}
