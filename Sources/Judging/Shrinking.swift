// The two moves that the labs' shrinkers are made of: a shorter list, and a smaller number.

extension Array {
  /// Returns the array without one run of elements, for every run of half its length, a quarter, … down to one element.
  ///
  /// ```
  /// [1, 2, 3, 4].withoutRuns() == [[3, 4], [1, 2], [2, 3, 4], [1, 3, 4], [1, 2, 4], [1, 2, 3]]
  /// ```
  package func withoutRuns() -> [[Element]] {
    var shorter: [[Element]] = []
    var run = (count + 1) / 2
    while run > 0 {
      for start in stride(from: 0, to: count, by: run) {
        shorter.append(Array(self[..<start] + self[Swift.min(start + run, count)...]))
      }
      run /= 2
    }
    return shorter
  }

  /// Returns the array with one element replaced, for each element and each replacement that `simpler` offers for it.
  package func simplifyingEach(_ simpler: (Element) -> [Element]) -> [[Element]] {
    indices.flatMap { index in
      simpler(self[index]).map { replacement in
        var copy = self
        copy[index] = replacement
        return copy
      }
    }
  }
}

extension Int {
  /// Returns smaller numbers to try instead of this one: `least`, the number half-way, and the next one down.
  package func smaller(downTo least: Int = 0) -> [Int] {
    guard self > least else { return [] }
    let candidates = [least, least + (self - least) / 2, self - 1]
    return candidates.enumerated().filter { !candidates[..<$0.offset].contains($0.element) }.map(\.element)
  }
}
