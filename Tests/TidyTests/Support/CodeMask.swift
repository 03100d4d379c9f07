/// Swift source with everything blanked out that is not code: comments, and the contents of string literals.
///
/// Lines and columns stay where they are, and code inside `\( … )` stays code. So a word that is found in
/// the mask is really used, and braces that are counted in it really open and close something.
struct CodeMask {
  private let source: [UInt8]
  private var mask: [UInt8]
  private var index = 0

  /// The lines of `text` with only code left.
  static func lines(_ text: String) -> [String] {
    var mask = CodeMask(text)
    mask.code(untilParenthesis: false)
    return String(decoding: mask.mask, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }
  }

  private init(_ text: String) {
    source = Array(text.utf8)
    mask = source
  }

  /// Reads code to its end, or to the parenthesis that closes an interpolation.
  private mutating func code(untilParenthesis: Bool) {
    var depth = 0
    while index < source.count {
      if looksAt("//") {
        blank { $0.source[$0.index] == newline }
      } else if looksAt("/*") {
        blockComment()
      } else if let hashes = hashesBeforeQuote {
        string(hashes)
      } else {
        if source[index] == UInt8(ascii: "(") { depth += 1 }
        if source[index] == UInt8(ascii: ")") {
          depth -= 1
          if untilParenthesis && depth == 0 {
            index += 1
            return
          }
        }
        index += 1
      }
    }
  }

  private mutating func string(_ hashes: Int) {
    let fence = String(repeating: "#", count: hashes)
    index += hashes
    let quotes = looksAt("\"\"\"") ? "\"\"\"" : "\""
    index += quotes.utf8.count
    while index < source.count && !looksAt(quotes + fence) {
      if looksAt("\\" + fence + "(") {
        index += 1 + hashes
        code(untilParenthesis: true)
      } else {
        let length = looksAt("\\") && hashes == 0 ? 2 : 1
        for _ in 0..<length { blankOne() }
      }
    }
    index = min(index + quotes.utf8.count + hashes, source.count)
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if looksAt("/*") { depth += 1 }
      if looksAt("*/") { depth -= 1 }
      if looksAt("/*") || looksAt("*/") { blankOne() }
      blankOne()
    } while depth > 0 && index < source.count
  }

  /// How many `#` come before the quote that begins a string here; nil if none begins.
  private var hashesBeforeQuote: Int? {
    var end = index
    while end < source.count && source[end] == UInt8(ascii: "#") { end += 1 }
    return end < source.count && source[end] == UInt8(ascii: "\"") ? end - index : nil
  }

  private mutating func blank(until isEnd: (CodeMask) -> Bool) {
    while index < source.count && !isEnd(self) { blankOne() }
  }

  private mutating func blankOne() {
    guard index < source.count else { return }
    if source[index] != newline { mask[index] = UInt8(ascii: " ") }
    index += 1
  }

  private func looksAt(_ text: String) -> Bool { source[index...].starts(with: text.utf8) }
}

private let newline = UInt8(ascii: "\n")
