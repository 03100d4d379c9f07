/// Where the functions of a file are.
struct Functions {
  /// The lines of each function that has a body, from its name to its closing brace, in the order of their names.
  private(set) var spans: [Range<Int>] = []

  /// The functions in masked code.
  init(_ code: [String]) {
    let characters = code.enumerated().flatMap { line, text in (text + "\n").map { (line: line, character: $0) } }
    for (line, text) in code.enumerated() {
      guard let name = text.firstMatch(of: #/(?:^|\s)(?:func\s|init[?(<]|deinit\b|subscript[(<])/#) else { continue }
      let start =
        code[..<line].reduce(0) { $0 + $1.count + 1 }
        + text.distance(from: text.startIndex, to: name.range.lowerBound)
      if let last = Functions.end(of: characters[start...]) { spans.append(line..<last + 1) }
    }
  }

  /// The line of the brace that closes the first body; nil if the declaration ends without one.
  private static func end(of text: ArraySlice<(line: Int, character: Character)>) -> Int? {
    var parentheses = 0
    var braces = 0
    var lastWord: Character = ","
    for (line, character) in text {
      switch character {
      case "(", "[": parentheses += 1
      case ")", "]": parentheses -= 1
      case "{": braces += 1
      case "}":
        braces -= 1
        if braces <= 0 { return braces == 0 ? line : nil }
      case "\n" where parentheses == 0 && braces == 0 && lastWord != "," && lastWord != ">": return nil
      default: break
      }
      if !character.isWhitespace { lastWord = character }
    }
    return nil
  }
}

/// Findings, one per line.
func list(_ findings: [String]) -> String { findings.map { "\n\($0)" }.joined() }
