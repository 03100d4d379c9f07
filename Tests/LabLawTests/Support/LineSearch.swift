/// Finds which of many lines occur somewhere in a text, however many there are: the text is read once.
///
/// The lines are filed under their first bytes, as many as the shortest line has. At each place of a text the bytes
/// from there on are looked up by a number computed from them; the next place's number is computed from the last.
///
/// - Source: R. M. Karp and M. O. Rabin, Efficient randomized pattern-matching algorithms, 1987.
struct LineSearch {
  private let window: Int
  private var lines: [UInt64: [[UInt8]]] = [:]
  /// Whether any line's number begins with these 16 bits: most places of a text need no more than this look.
  private var mayBegin = [Bool](repeating: false, count: 1 << 16)
  private let highest: UInt64
  private static let base: UInt64 = 0x100_0000_01B3

  /// A search for lines, none of them shorter than `shortest` bytes.
  ///
  /// - Complexity: linear in the bytes of the lines.
  init(_ lines: some Sequence<String>, shortest: Int) {
    window = shortest
    highest = (1..<shortest).reduce(into: 1) { power, _ in power &*= Self.base }
    for line in lines {
      let bytes = Array(line.utf8)
      precondition(bytes.count >= shortest, "a line is at least as long as the shortest")
      let number = bytes.prefix(shortest).reduce(0, Self.appending)
      self.lines[number, default: []].append(bytes)
      mayBegin[Int(number >> 48)] = true
    }
  }

  /// Returns the lines that occur in a text.
  ///
  /// - Complexity: linear in the bytes of the text, if few places begin like a line.
  func found(in text: [UInt8]) -> Set<String> {
    guard text.count >= window else { return [] }
    var found: Set<String> = []
    var number = text.prefix(window).reduce(0, Self.appending)
    for start in 0...(text.count - window) {
      let candidates = mayBegin[Int(number >> 48)] ? lines[number] ?? [] : []
      for line in candidates where text[start...].starts(with: line) {
        found.insert(String(decoding: line, as: UTF8.self))
      }
      guard start + window < text.count else { break }
      number = Self.appending(number &- UInt64(text[start]) &* highest, text[start + window])
    }
    return found
  }

  private static func appending(_ number: UInt64, _ byte: UInt8) -> UInt64 { number &* base &+ UInt64(byte) }
}
