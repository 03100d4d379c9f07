/// Writes lines as bytes for a stream.
package enum Writer {
  /// The text without any styles.
  package static func plain(_ lines: [Line]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lines.reduce(0) { $0 + $1.spans.reduce(1) { $0 + $1.text.utf8.count } })
    for line in lines {
      for span in line.spans { bytes.append(span.text) }
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
        bytes.append(span.text)
        look = span
      }
      bytes.change(from: look, to: Span(""))
      bytes.append(newline)
    }
    return bytes
  }
}

extension [UInt8] {
  /// Appends the bytes of a text.
  mutating func append(_ text: String) {
    text.withBytes { self += $0 }
  }

  fileprivate mutating func change(from old: Span, to new: Span) {
    if old.href != new.href {
      append("\u{1B}]8;;\(new.href ?? "")\u{1B}\\")
    }
    guard old.style != new.style else { return }
    if old.style != .plain { append("\u{1B}[0m") }
    if new.style != .plain { append("\u{1B}[\(new.style.codes)m") }
  }
}

extension Style {
  /// The parameters of the SGR sequence.
  fileprivate var codes: String {
    var codes = ""
    for bit in 0..<4 where traits.rawValue & 1 << bit != 0 { codes += codes.isEmpty ? "\(bit + 1)" : ";\(bit + 1)" }
    guard let colour else { return codes }
    return codes.isEmpty ? String(colour.rawValue) : "\(codes);\(colour.rawValue)"
  }
}
