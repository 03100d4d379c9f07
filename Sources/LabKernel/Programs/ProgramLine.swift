/// The words of one line of a program, read from left to right.
struct ProgramLine: Sendable {
  /// A word and where it begins, in columns from 1.
  struct Word: Sendable {
    let text: String
    let column: Int
  }

  /// The line's number, counted from 1.
  let number: Int
  private var words: [Word] = []
  private var next = 0
  private let end: Int

  /// Splits `text` at blanks; a text or a character in quotes and an address in brackets are one word; `#` begins a comment.
  init(_ text: Substring, number: Int) {
    self.number = number
    end = text.count + 1
    var word = ""
    var start = 0
    var quoted = false
    var bracketed = false
    var escaped = false
    var quote: Character = "\""
    for (index, character) in text.enumerated() {
      if !quoted && character == "#" { break }
      if quoted ? character == quote && !escaped : character == "\"" || character == "'" {
        quoted.toggle()
        quote = character
      }
      escaped = quoted && character == "\\" && !escaped
      if !quoted && (character == "[" || character == "]") { bracketed = character == "[" }
      if !quoted && !bracketed && (character == " " || character == "\t") {
        if !word.isEmpty { words.append(Word(text: word, column: start + 1)) }
        word = ""
      } else {
        if word.isEmpty { start = index }
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(Word(text: word, column: start + 1)) }
  }

  /// Whether there is nothing, or nothing more, on the line.
  var isAtEnd: Bool { next == words.count }

  /// Whether it names the stack pointer, or something that uses it.
  var usesStack: Bool {
    ["call", "ret", "push", "pop"].contains(words.first?.text ?? "")
      || words.contains { $0.text == "sp" || $0.text.hasPrefix("[sp") }
  }

  /// How many words are left.
  var remaining: Int { words.count - next }

  /// The next word, without taking it.
  var peek: String { isAtEnd ? "" : words[next].text }

  /// The word after the next one, without taking either.
  var peekSecond: String { remaining < 2 ? "" : words[next + 1].text }

  /// Takes the next word and reads it as something.
  mutating func take<Value>(_ expected: String, as read: (String) -> Value?) throws(ProgramError) -> Value {
    guard !isAtEnd, let value = read(words[next].text) else { throw error(expected: expected) }
    next += 1
    return value
  }

  /// Skips the next word.
  mutating func skip() {
    precondition(!isAtEnd, "there is no word to skip")
    next += 1
  }

  /// The error that the next word is not what was expected.
  func error(expected: String) -> ProgramError {
    ProgramError(line: number, column: isAtEnd ? end : words[next].column, expected: expected, found: peek)
  }
}
