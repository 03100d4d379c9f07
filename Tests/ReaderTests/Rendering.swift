import Reader

/// The page of a text, as plain text.
func plain(_ markdown: String, width: Int = 40) -> String {
  String(decoding: Writer.plain(Layout(width: width).lines(of: Document(Array(markdown.utf8)))), as: UTF8.self)
}

/// The page of a text, for a terminal.
func ansi(_ markdown: String, width: Int = 40) -> String {
  String(decoding: Writer.ansi(Layout(width: width).lines(of: Document(Array(markdown.utf8)))), as: UTF8.self)
}

/// The lines of a page.
func lines(_ markdown: String, width: Int) -> [Line] {
  Layout(width: width).lines(of: Document(Array(markdown.utf8)))
}

/// What is left of a terminal's text without the two kinds of escape sequences that the reader may write.
func stripped(_ text: String) -> String {
  var kept = String.UnicodeScalarView()
  var rest = Substring(text).unicodeScalars
  while let scalar = rest.popFirst() {
    if scalar != "\u{1B}" {
      kept.append(scalar)
    } else if rest.first == "[", let end = rest.firstIndex(of: "m"), rest[..<end].dropFirst().allSatisfy(isParameter) {
      rest = rest[rest.index(after: end)...]
    } else if Substring(rest).hasPrefix("]8;;"), let end = rest.firstIndex(of: "\u{1B}") {
      rest = rest[end...].dropFirst(2)
    } else {
      kept.append(scalar)
    }
  }
  return String(kept)
}

private func isParameter(_ scalar: Unicode.Scalar) -> Bool { scalar == ";" || ("0"..."9").contains(scalar) }

/// Whether a text holds what a terminal would obey, line ends aside.
func hasControls(_ text: String) -> Bool {
  text.unicodeScalars.contains { scalar in
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
