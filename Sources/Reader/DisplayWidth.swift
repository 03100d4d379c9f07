/// How many columns of a terminal a text takes.
///
/// `wcwidth` depends on the locale and knows no emoji, so the widths come from a table of our own.
package enum DisplayWidth {
  /// The columns of a text without control characters.
  package static func of(_ text: String) -> Int {
    if text.withBytes({ bytes in bytes.allSatisfy { $0 < 0x80 } }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The columns of a character: 2 for East Asian wide ones and emoji, 0 for marks that stand alone, else 1.
  package static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.utf8.count == character.utf8.count && isPlain(first) { return 1 }
    if first.properties.isEmojiPresentation || isWide(first) { return 2 }
    if character.unicodeScalars.contains(emojiSelector) { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }

  /// Whether a scalar is one of the many that take one column: Latin letters, dashes, quotes, lines.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x300, 0x2010...0x2027, 0x2500...0x257F: true
    default: false
    }
  }

  private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"

  /// Whether a scalar lies in one of the ranges, by bisection.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      if scalar.value > wideRanges[middle].upperBound { low = middle + 1 } else { high = middle }
    }
    return low < wideRanges.count && wideRanges[low].contains(scalar.value)
  }
}
