extension Picture {
  /// The maximum width of a row.
  private static let width = 66

  /// Returns short texts, joined by commas into rows of limited width; the first row is labelled.
  ///
  /// - Parameters:
  ///   - most: the maximum number of rows; a last row then gives the total count.
  ///   - unit: what is counted, in the plural; empty if that is obvious.
  package static func rows(_ label: String, _ words: [String], most: Int = 10, unit: String = "") -> [Row] {
    var lines = [""]
    for word in words {
      if lines[lines.count - 1].count + word.count + 2 > width { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : ", ") + word
    }
    if lines.count > most {
      lines = lines.prefix(most) + ["… (\(words.count)\(unit.isEmpty ? "" : " " + unit) in all)"]
    }
    return lines.enumerated().map { Row($0.offset == 0 ? label : "", $0.element) }
  }
}
