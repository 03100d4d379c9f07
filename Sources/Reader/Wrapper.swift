/// Breaks running text into lines, at blanks and between wide characters.
///
/// A word that is longer than a line stays whole on a line of its own: a broken address cannot be copied.
struct Wrapper {
  /// A stretch of bytes that is never broken, and its width.
  private struct Atom {
    var start: Int
    var end: Int
    var width: Int
  }

  private let spans: [Span]
  private let bytes: [UInt8]
  private let limit: Int
  private var atoms: [Atom] = []

  /// Lines of at most `width` columns.
  ///
  /// - Complexity: linear in the length of the text.
  static func wrap(_ spans: [Span], width: Int) -> [[Span]] {
    var wrapper = Wrapper(spans, limit: max(1, width))
    wrapper.findAtoms()
    return wrapper.lines()
  }

  /// The width of the longest stretch that is never broken.
  static func longestWord(in spans: [Span]) -> Int {
    var wrapper = Wrapper(spans, limit: 1)
    wrapper.findAtoms()
    return wrapper.atoms.reduce(0) { max($0, $1.width) }
  }

  private init(_ spans: [Span], limit: Int) {
    self.spans = spans
    self.limit = limit
    var bytes: [UInt8] = []
    for span in spans { bytes.append(span.text) }
    self.bytes = bytes
  }

  private mutating func findAtoms() {
    var index = 0
    while index < bytes.count {
      guard bytes[index] != space else {
        index += 1
        continue
      }
      let start = index
      var isASCII = true
      while index < bytes.count, bytes[index] != space {
        if bytes[index] >= 0x80 { isASCII = false }
        index += 1
      }
      if isASCII {
        atoms.append(Atom(start: start, end: index, width: index - start))
      } else {
        splitWord(start, index)
      }
    }
  }

  /// Splits a word around each wide character, but not before punctuation that closes.
  private mutating func splitWord(_ start: Int, _ end: Int) {
    var atom = Atom(start: start, end: start, width: 0)
    var mayBreak = false
    for character in String(decoding: bytes[start..<end], as: UTF8.self) {
      let width = DisplayWidth.of(character)
      let isWide = width == 2
      if atom.width > 0, mayBreak || isWide, !closing.contains(character) {
        atoms.append(atom)
        atom = Atom(start: atom.end, end: atom.end, width: 0)
      }
      atom.end += character.utf8.count
      atom.width += width
      mayBreak = isWide
    }
    atoms.append(atom)
  }

  private func lines() -> [[Span]] {
    var lines: [[Span]] = []
    var cutter = Cutter(spans: spans)
    var first = 0
    var column = 0
    for (index, atom) in atoms.enumerated() {
      let gap = index == first ? 0 : atom.start - atoms[index - 1].end
      if index > first, column + gap + atom.width > limit {
        lines.append(cutter.cut(bytes, from: atoms[first].start, to: atoms[index - 1].end))
        first = index
        column = atom.width
      } else {
        column += gap + atom.width
      }
    }
    if let last = atoms.last { lines.append(cutter.cut(bytes, from: atoms[first].start, to: last.end)) }
    return lines
  }
}

/// Takes lines out of the joined text of spans, from left to right.
private struct Cutter {
  /// The spans.
  let spans: [Span]
  /// The span that the next line begins in, and where its bytes begin.
  private var current = 0
  private var start = 0

  /// Begins at the first span.
  init(spans: [Span]) {
    self.spans = spans
  }

  /// The spans of a stretch of the text, which begins no earlier than the one before it.
  mutating func cut(_ bytes: [UInt8], from: Int, to: Int) -> [Span] {
    var pieces: [Span] = []
    while current < spans.count {
      let end = start + spans[current].text.utf8.count
      let low = max(from, start)
      let high = min(to, end)
      if low < high { pieces.append(spans[current].part(String(decoding: bytes[low..<high], as: UTF8.self))) }
      if end > to { break }
      start = end
      current += 1
    }
    return pieces
  }
}

private let closing: Set<Character> = [
  "、", "。", "，", "．", "：", "；", "！", "？", "）", "」", "』", "】", "〉", "》", "ー", "…",
]
