/// Writes lines as bytes for a stream.
package enum Writer {
  /// Text and nothing else.
  package static func plain(_ lines: [Line]) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines {
      for span in line.spans { bytes.append(contentsOf: span.text.utf8) }
      bytes.append(newline)
    }
    return bytes
  }

  /// The same text with escape sequences for colours (SGR) and links (OSC 8) around it.
  ///
  /// Every line ends as it began, so that a pager may begin anywhere.
  package static func ansi(_ lines: [Line]) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines {
      var look = Span("")
      for span in line.spans {
        bytes.change(from: look, to: span)
        bytes.append(contentsOf: span.text.utf8)
        look = span
      }
      bytes.change(from: look, to: Span(""))
      bytes.append(newline)
    }
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func change(from old: Span, to new: Span) {
    if old.href != new.href {
      append(contentsOf: "\u{1B}]8;;\(new.href ?? "")\u{1B}\\".utf8)
    }
    guard old.style != new.style else { return }
    if old.style != .plain { append(contentsOf: "\u{1B}[0m".utf8) }
    if new.style != .plain { append(contentsOf: "\u{1B}[\(new.style.codes)m".utf8) }
  }
}

extension Style {
  /// The parameters of the SGR sequence.
  fileprivate var codes: String {
    let traits: [(Traits, String)] = [(.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4")]
    var codes = traits.filter { self.traits.contains($0.0) }.map(\.1)
    if let colour { codes.append(String(colour.rawValue)) }
    return codes.joined(separator: ";")
  }
}
