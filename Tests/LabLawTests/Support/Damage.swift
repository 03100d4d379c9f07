import LabKernel

/// Turns an honest answer into an answer that no honest program sends, but that may still be readable.
struct Damage {
  private static let extremes = [
    Int.min, .max, .min + 1, .max - 1, 1 << 62, -1, 0, 1, 2, 3, 10, 11, 63, 64, 65, 4096, 1 << 20, 1 << 31,
  ].map(String.init)

  private var random: RandomSource

  /// Makes damage that is the same for the same seed.
  init(seed: UInt64) { random = RandomSource(seed: seed) }

  /// Returns the text with a few of its numbers replaced, left out or written twice.
  mutating func damaged(_ text: String) -> String {
    var words = Self.words(text)
    let numbers = words.indices.filter { words[$0].last?.isNumber == true }
    guard !numbers.isEmpty else { return text }
    for _ in 0..<random.draw(1...3) {
      let place = random.pick(numbers)
      switch random.draw(1...8) {
      case 1: words[place] = ""
      case 2: words[place] += " " + words[place]
      case _: words[place] = random.pick(Self.extremes)
      }
    }
    return words.joined()
  }

  /// Splits a text into numbers and what is between them.
  private static func words(_ text: String) -> [String] {
    var words = [""]
    var isNumber = false
    for character in text {
      let belongs = character == "-" || character.isNumber
      if belongs != isNumber {
        words.append("")
        isNumber = belongs
      }
      words[words.count - 1].append(character)
    }
    return words
  }
}
