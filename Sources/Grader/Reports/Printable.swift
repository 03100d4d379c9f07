/// The one gate between what a submission wrote and any terminal, file or page of ours.
package enum Printable {
  /// Text in which no character controls a terminal, hides, or turns the direction of writing around.
  ///
  /// Such characters are written as escapes, so that they can be seen; line feeds stay, tabs become blanks.
  package static func text(_ text: String) -> String {
    var clean = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": clean.unicodeScalars.append(scalar)
      case "\t": clean += "    "
      case _ where isUnsafe(scalar): clean += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: clean.unicodeScalars.append(scalar)
      }
    }
    return clean
  }

  /// The same in one line of at most `limit` characters.
  package static func line(_ text: String, limit: Int = 500) -> String {
    let words = Printable.text(text).split(whereSeparator: \.isNewline).map { $0.trimmingBlanks }
    let line = words.filter { !$0.isEmpty }.joined(separator: " ")
    return line.count <= limit ? line : String(line.prefix(limit - 1)) + "…"
  }

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
