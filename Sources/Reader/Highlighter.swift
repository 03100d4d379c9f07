/// Cuts code into lines of coloured spans: one pass over the bytes with one row of the language table.
struct Highlighter {
  private let bytes: [UInt8]
  private let language: Language
  private let theme: Theme
  private var index = 0
  /// Where the text outside tokens began.
  private var plainStart = 0
  private var lines: [[Span]] = [[]]

  /// The lines of a code block.
  ///
  /// - Parameter language: nil shows the code as it is.
  static func lines(of code: [UInt8], language: Language?, theme: Theme) -> [[Span]] {
    guard let language else { return code.split(separator: newline, omittingEmptySubsequences: false).map(plainLine) }
    var highlighter = Highlighter(code, language, theme)
    highlighter.run()
    return highlighter.lines
  }

  private static func plainLine(_ bytes: ArraySlice<UInt8>) -> [Span] {
    bytes.isEmpty ? [] : [Span(String(decoding: bytes, as: UTF8.self))]
  }

  private init(_ bytes: [UInt8], _ language: Language, _ theme: Theme) {
    self.bytes = bytes
    self.language = language
    self.theme = theme
  }

  private mutating func run() {
    while index < bytes.count {
      if !(atLineStart && lineToken()) && !comment() && !string() && !word() { index += 1 }
    }
    emit(plainStart..<bytes.count, nil)
  }

  private var atLineStart: Bool { index == 0 || bytes[index - 1] == newline }

  /// Prompts and keys, which stand at the beginning of a line.
  private mutating func lineToken() -> Bool {
    if language.hasPrompts { return promptLine() }
    guard language.hasKeys else { return false }
    var start = index
    while start < bytes.count, bytes[start] == space || bytes[start] == dash { start += 1 }
    var end = start
    while end < bytes.count, bytes[end].continuesWord || bytes[end] == dash || bytes[end] == dot { end += 1 }
    guard end > start, end < bytes.count, bytes[end] == colon else { return false }
    token(.key, start..<end)
    return true
  }

  private mutating func promptLine() -> Bool {
    let end = endOfLine(from: index)
    let isCommand = bytes[index] == dollar && index + 1 < end && bytes[index + 1] == space
    if isCommand {
      token(.prompt, index..<(index + 2))
      token(.command, index..<end)
    }
    index = min(end + 1, bytes.count)
    return true
  }

  private mutating func comment() -> Bool {
    for mark in language.lineComments where mark[0] == bytes[index] && bytes[index...].starts(with: mark) {
      let isWord = mark == [hash] && index > 0 && bytes[index - 1] > space
      if !isWord { return token(.comment, index..<endOfLine(from: index)) }
    }
    guard language.hasBlockComments, pair(slash, star, at: index) else { return false }
    var depth = 0
    var end = index
    repeat {
      if pair(slash, star, at: end), depth == 0 || language.nestsComments {
        depth += 1
        end += 2
      } else if pair(star, slash, at: end) {
        depth -= 1
        end += 2
      } else {
        end += 1
      }
    } while depth > 0 && end < bytes.count
    return token(.comment, index..<min(end, bytes.count))
  }

  private mutating func string() -> Bool {
    let quote = bytes[index]
    guard language.quotes.contains(quote) else { return false }
    let isTriple = language.hasTripleQuotes && bytes[index...].starts(with: [quote, quote, quote])
    let mark = Array(repeating: quote, count: isTriple ? 3 : 1)
    var end = index + mark.count
    while end < bytes.count, !bytes[end...].starts(with: mark) {
      if bytes[end] == newline && !isTriple { return false }
      end += bytes[end] == backslash ? 2 : 1
    }
    return token(.string, index..<min(end + mark.count, bytes.count))
  }

  /// Words, numbers, and what a sigil makes of the word after it.
  private mutating func word() -> Bool {
    let first = bytes[index]
    let isSigil = language.sigils.contains(first) && index + 1 < bytes.count && bytes[index + 1].startsWord
    guard first.continuesWord || isSigil else { return false }
    var end = index + 1
    while end < bytes.count, bytes[end].continuesWord || (first.isDigit && isPoint(at: end)) { end += 1 }
    if isSigil { return token(.attribute, index..<end) }
    if first.isDigit { return token(.number, index..<end) }
    if language.keywords.contains(String(decoding: bytes[index..<end], as: UTF8.self)) {
      return token(.keyword, index..<end)
    }
    if language.capitalsAreTypes && first.isUpper { return token(.type, index..<end) }
    index = end
    return true
  }

  private func isPoint(at index: Int) -> Bool {
    bytes[index] == dot && index + 1 < bytes.count && bytes[index + 1].isDigit
  }

  private func pair(_ first: UInt8, _ second: UInt8, at index: Int) -> Bool {
    bytes[index] == first && index + 1 < bytes.count && bytes[index + 1] == second
  }

  private func endOfLine(from index: Int) -> Int {
    bytes[index...].firstIndex(of: newline) ?? bytes.count
  }

  @discardableResult
  private mutating func token(_ token: Token, _ range: Range<Int>) -> Bool {
    emit(plainStart..<range.lowerBound, nil)
    emit(range, token)
    plainStart = range.upperBound
    index = range.upperBound
    return true
  }

  /// Appends spans, one for each line that the range reaches into.
  private mutating func emit(_ range: Range<Int>, _ token: Token?) {
    let style = token.flatMap { theme.tokens[$0] } ?? .plain
    var start = range.lowerBound
    while start < range.upperBound {
      let end = bytes[start..<range.upperBound].firstIndex(of: newline) ?? range.upperBound
      if end > start {
        lines[lines.count - 1].append(Span(String(decoding: bytes[start..<end], as: UTF8.self), style))
      }
      if end < range.upperBound { lines.append([]) }
      start = end + 1
    }
  }
}

private let star: UInt8 = 0x2A
