import Reader
import Testing

@Suite struct SpanTests {
  @Test(arguments: [
    "\u{1B}", "\0", "\n", "\t", "\r", "\u{7F}", "\u{80}", "\u{9B}", "\u{9F}", "\u{61C}", "\u{200E}", "\u{200F}",
    "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{2028}", "\u{2029}",
  ])
  func `a control character becomes a replacement character`(control: String) {
    #expect(Span("a\(control)b").text == "a\u{FFFD}b")
  }

  @Test(arguments: ["", "plain", "é ü ß", "– … “x”", "中文", "👩‍👩‍👧", "e\u{301}", "\u{A0}", "آ"])
  func `other text passes as it is`(text: String) {
    #expect(Span(text).text == text)
  }

  @Test(arguments: [
    ("https://e.org/a", "https://e.org/a"), ("http://e.org", "http://e.org"), ("HTTPS://e.org", "HTTPS://e.org"),
    ("mailto:a@e.org", "mailto:a@e.org"), ("file:///etc/motd", "file:///etc/motd"),
    ("https://e.org/a b", "https://e.org/a%20b"), ("https://e.org/é", "https://e.org/%C3%A9"),
    ("https://e.org/\u{1B}\\", "https://e.org/%1B\\"),
  ])
  func `a link is percent-encoded`(url: String, encoded: String) {
    #expect(Span("x", href: url).href == encoded)
  }

  @Test(arguments: ["javascript:x", "data:x", "", "02-x.md", "#anchor", "ssh://e.org", "https:/e.org", "//e.org"])
  func `a link of another scheme is not a link`(url: String) {
    #expect(Span("x", href: url).href == nil)
  }

  @Test func `a link that no terminal would accept is not a link`() {
    #expect(Span("x", href: "https://" + String(repeating: "x", count: 3000)).href == nil)
  }

  @Test func `a line has no blanks at its end`() {
    #expect(Line([Span("a b  "), Span("  ")], source: 1).text == "a b")
    #expect(Line([Span("  ")], source: 1).isBlank)
  }
}
