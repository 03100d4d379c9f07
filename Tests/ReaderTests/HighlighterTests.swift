import Reader
import Testing

@Suite struct HighlighterTests {
  @Test(arguments: [
    ("swift", "let x: Int = 42 // end", "<35>let<> x: <36>Int<> = <33>42<> <2>// end<>"),
    ("swift", "@inlinable func f() { \"a\\\"b\" }", "<33>@inlinable<> <35>func<> f() { <32>\"a\\\"b\"<> }"),
    ("swift", "/* a /* b */ c */ d", "<2>/* a /* b */ c */<> d"),
    ("swift", "0..<5 1.5 0xFF x1", "<33>0<>..<<33>5<> <33>1.5<> <33>0xFF<> x1"),
    ("swift", "\"unterminated", "<32>\"unterminated<>"),
    ("c", "/* a /* b */ int", "<2>/* a /* b */<> <35>int<>"),
    ("c", "#include <x.h>", "<33>#include<> <x.h>"),
    ("sh", "if x#y; # z", "<35>if<> x#y; <2># z<>"),
    ("sh", "echo \"$HOME\" $x 'a\\'", "echo <32>\"$HOME\"<> <33>$x<> <32>'a\\'<>"),
    ("console", "$ ls -l", "<1;32>$ <><1>ls -l<>"),
    ("console", "output $ x", "output $ x"),
    ("yaml", "a-b: \"x\" # c", "<34>a-b<>: <32>\"x\"<> <2># c<>"),
    ("asm", "start: .word 1", "<34>start<>: <33>.word<> <33>1<>"),
    ("text", "let x = 1", "let x = 1"),
    ("", "let x = 1", "let x = 1"),
  ])
  func `the parts of a line of code are told apart`(language: String, code: String, expected: String) {
    #expect(marked(ansi("```\(language)\n\(code)\n```", width: 200)) == "  \(expected)\n")
  }

  @Test func `a string of several lines is coloured on each`() {
    let text = marked(ansi("```swift\nlet a = \"\"\"\n  b \"c\"\n  \"\"\"\n```"))
    #expect(text == "  <35>let<> a = <32>\"\"\"<>\n  <32>  b \"c\"<>\n  <32>  \"\"\"<>\n")
  }

  /// Escape sequences as something that can be read.
  private func marked(_ text: String) -> String {
    text.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated().map { index, part in
      guard index > 0, let end = part.firstIndex(of: "m") else { return String(part) }
      let codes = part[..<end]
      return (codes == "0" ? "<>" : "<\(codes)>") + part[part.index(after: end)...]
    }.joined()
  }
}
