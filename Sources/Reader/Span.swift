/// A piece of a line in one style: the gate through which all text passes on its way to a screen.
///
/// A span holds no control character. A document can carry them raw, as `&#27;` or in a URL, and a terminal would
/// obey them: C0 (newline and tab too: a line is one line), DEL, C1, the bidirectional controls and the Unicode line
/// separators become U+FFFD. Its link, if it has one, is of a harmless scheme and made of printable ASCII.
package struct Span: Equatable, Sendable {
  /// What is shown.
  package let text: String
  /// How it is shown.
  package let style: Style
  /// Where it leads, ready to be written into an escape sequence, or nil.
  package let href: String?

  /// Lets a text through the gate.
  package init(_ text: String, _ style: Style = .plain, href: String? = nil) {
    self.text = text.hasControls ? text.withoutControls : text
    self.style = style
    self.href = href.flatMap(Span.harmless)
  }

  private init(passed text: String, like span: Span) {
    self.text = text
    style = span.style
    href = span.href
  }

  /// A part of this span.
  func part(_ text: String) -> Span { Span(passed: text, like: self) }

  /// Whether two spans differ in nothing but their text.
  func looksLike(_ other: Span) -> Bool { style == other.style && href == other.href }

  /// The longest link, in bytes: terminals cut off or ignore longer ones.
  private static let longestLink = 2000

  /// The link percent-encoded, or nil if it is not of a scheme that is safe to click.
  private static func harmless(_ url: String) -> String? {
    let schemes = ["http://", "https://", "mailto:", "file://"]
    guard schemes.contains(where: { url.prefix($0.count).lowercased() == $0 }) else { return nil }
    var encoded: [UInt8] = []
    for byte in url.utf8 {
      if byte > space && byte < 0x7F {
        encoded.append(byte)
      } else {
        encoded += [0x25, hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
      }
    }
    return encoded.count > longestLink ? nil : String(decoding: encoded, as: UTF8.self)
  }
}

private let hexDigits = Array("0123456789ABCDEF".utf8)

extension String {
  /// Whether there is a control character; the bytes are checked first, as they show that nearly all text is harmless.
  fileprivate var hasControls: Bool {
    let isSuspect = withBytes { bytes in
      bytes.contains { $0 < space || $0 == 0x7F || $0 == 0xC2 || $0 == 0xD8 || $0 == 0xE2 }
    }
    return isSuspect && unicodeScalars.contains(where: \.isControl)
  }

  fileprivate var withoutControls: String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars { scalars.append(scalar.isControl ? "\u{FFFD}" : scalar) }
    return String(scalars)
  }

  /// The bytes of the string in one piece.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(utf8).withUnsafeBufferPointer(body)
  }
}

extension Unicode.Scalar {
  /// Whether a terminal, or the eye, could be led astray by it.
  var isControl: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

/// One line of a page.
package struct Line: Equatable, Sendable {
  /// From left to right, without blanks at the end.
  package let spans: [Span]
  /// The line of the file that it comes from, counted from 1.
  package let source: Int

  /// A line; blanks at its end are dropped.
  package init(_ spans: [Span], source: Int) {
    var spans = spans
    while let last = spans.last, last.text.utf8.last ?? space == space {
      spans.removeLast()
      let kept = last.text.utf8.count - last.text.utf8.reversed().prefix { $0 == space }.count
      if kept > 0 { spans.append(last.part(String(decoding: last.text.utf8.prefix(kept), as: UTF8.self))) }
    }
    self.spans = spans
    self.source = source
  }

  /// Whether there is nothing on it.
  package var isBlank: Bool { spans.isEmpty }

  /// The columns that it takes.
  package var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// The text without its styles.
  package var text: String { spans.reduce(into: "") { $0 += $1.text } }

  /// Returns the line with a prefix before it.
  func behind(_ prefix: [Span]) -> Line { prefix.isEmpty ? self : Line(prefix + spans, source: source) }
}
