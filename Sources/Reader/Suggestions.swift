/// Names that may have been meant by a misspelt one.
package enum Suggestions {
  /// How many are offered at most.
  static let most = 3
  /// The longest word that is compared: people do not type longer ones.
  private static let longest = 100

  /// The names similar to a word, the most similar first: those that it begins, those that contain it, and those that
  /// differ from it in a third of their letters at most.
  package static func near(_ word: String, among names: [String]) -> [String] {
    guard !word.isEmpty, word.utf8.count <= longest else { return [] }
    let ranked = names.enumerated().compactMap { index, name -> (rank: Int, index: Int, name: String)? in
      if name.hasPrefix(word) { return (0, index, name) }
      let distance = distance(word, name)
      let isNear = distance <= max(1, min(word.count, name.count) / 3)
      if isNear { return (distance, index, name) }
      return word.count > 2 && name.contains(word) ? (longest, index, name) : nil
    }
    return ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.prefix(most).map(\.name)
  }

  /// "did you mean this or that?", or nil if no name is similar to the word.
  package static func question(_ word: String, among names: [String]) -> String? {
    let near = near(word, among: names)
    return near.isEmpty ? nil : "did you mean \(near.joined(separator: " or "))?"
  }

  /// How many letters have to be put in, taken out, replaced, or swapped with their neighbour.
  ///
  /// - Source: optimal string alignment distance.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    var rows = [Array(0...right.count)]
    for (i, letter) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other { cost = min(cost, rows[i - 1][j - 1] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
