/// The only gate between what a submission wrote and any terminal, file or page of ours.
package enum Printable {
  /// Text in which no character controls a terminal, is invisible, or reverses the direction of writing.
  ///
  /// Such characters are written as escapes, so that they can be seen; line ends stay, and tabs become blanks.
  package static func text(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == UInt8(ascii: "\n") }) { return text }
    var clean: [UInt8] = []
    clean.reserveCapacity(text.utf8.count)
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\n", " "..."~": clean.append(UInt8(truncatingIfNeeded: scalar.value))
      case "\r" where scalars.first == "\n": continue
      case "\t": clean += "    ".utf8
      case _ where isUnsafe(scalar): clean += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".utf8
      default: clean += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
    return String(decoding: clean, as: UTF8.self)
  }

  /// The same in one line of at most `limit` characters.
  package static func line(_ text: String, limit: Int = 500) -> String {
    let words = Printable.text(text).split(whereSeparator: \.isNewline).map { $0.trimmingBlanks }
    let line = words.filter { !$0.isEmpty }.joined(separator: " ")
    return line.count <= limit ? line : String(line.prefix(limit - 1)) + "…"
  }

  /// The part of a submission's output that is kept, in printable form, and how much was left out.
  ///
  /// An escape takes several characters instead of one, and much of what is kept is kept several times.
  package static func excerpt(_ text: String, limit: Int = 16 << 10) -> String {
    var room = limit
    var end = text.unicodeScalars.startIndex
    while end < text.unicodeScalars.endIndex {
      let scalar = text.unicodeScalars[end]
      room -= isUnsafe(scalar) && scalar != "\n" ? escapeWidth : 1
      if room < 0 { break }
      end = text.unicodeScalars.index(after: end)
    }
    let rest = text.unicodeScalars[end...].utf8Count
    let kept = Printable.text(String(text.unicodeScalars[..<end]))
    return rest == 0 ? kept : kept + "\n… and \(rest) bytes more"
  }

  private static let escapeWidth = 8

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    default: false
    }
  }
}

extension Substring {
  /// Without blanks at either end.
  fileprivate var trimmingBlanks: Substring {
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}

extension Substring.UnicodeScalarView {
  /// Its length in bytes of UTF-8.
  fileprivate var utf8Count: Int { Substring(self).utf8.count }
}
