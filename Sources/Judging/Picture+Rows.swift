extension Picture {
  /// How wide a row may be.
  private static let width = 66

  /// Few words each, joined by commas to rows of the same width; the first row is labelled.
  ///
  /// - Parameters:
  ///   - most: how many rows there may be; behind them, what is left out is counted.
  ///   - unit: what is counted, in the plural; empty where that is plain.
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
