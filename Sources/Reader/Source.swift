/// A Markdown file as lines of bytes, without what CommonMark does not know.
///
/// One pass over the lines that minds code fences. Front matter and footnote definitions are replaced by
/// blank lines, so that the numbers of the other lines stay what they are in the file.
struct Source {
  /// The last line that can close front matter.
  private static let longestFrontMatter = 200

  /// What is to be parsed.
  private(set) var bytes: [UInt8]
  /// Where each line begins, with one entry more for the end.
  private(set) var lineStarts: [Int]
  /// The link reference definitions, for text that is parsed apart from the file, such as a table's cells.
  private(set) var definitions: [UInt8] = []
  /// The text of each footnote by its label.
  private(set) var footnotes: [String: [UInt8]] = [:]

  /// Scans a file.
  init(_ file: [UInt8]) {
    bytes = file
    lineStarts = [0]
    for index in file.indices where file[index] == newline { lineStarts.append(index + 1) }
    if lineStarts.last != file.count { lineStarts.append(file.count) }
    scan()
  }

  /// How many lines there are.
  var lineCount: Int { lineStarts.count - 1 }

  /// All lines, without their ends.
  var lines: [ArraySlice<UInt8>] { (1..<lineCount + 1).map(line) }

  /// A line, counted from 1, without its end; empty beyond the last.
  func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= lineCount else { return [] }
    var end = lineStarts[number]
    let start = lineStarts[number - 1]
    while end > start, bytes[end - 1] == newline || bytes[end - 1] == carriageReturn { end -= 1 }
    return bytes[start..<end]
  }

  private mutating func scan() {
    var number = skipFrontMatter() + 1
    var fence: Fence?
    while number <= lineCount {
      let text = line(number).trimmedContainer
      if let open = fence {
        if open.isClosed(by: text) { fence = nil }
      } else if let opening = Fence(text) {
        fence = opening
      } else if text.first == openBracket {
        number = scanDefinition(at: number, text)
        continue
      }
      number += 1
    }
  }

  /// Blanks everything between two lines of `---` at the top of the file.
  ///
  /// - Returns: the number of its last line, 0 if there is none.
  private mutating func skipFrontMatter() -> Int {
    let dashes = Array("---".utf8)
    guard line(1).elementsEqual(dashes) else { return 0 }
    let last = max(2, min(lineCount, Source.longestFrontMatter))
    guard let end = (2...last).first(where: { line($0).elementsEqual(dashes) }) else { return 0 }
    blank(1...end)
    return end
  }

  /// Notes the definition that begins here, if one does.
  ///
  /// - Returns: the line after it.
  private mutating func scanDefinition(at number: Int, _ text: ArraySlice<UInt8>) -> Int {
    guard let close = text.firstIndex(of: closeBracket), close + 1 < text.endIndex, text[close + 1] == colon else {
      return number + 1
    }
    let label = text[text.index(after: text.startIndex)..<close]
    let indent = text.startIndex - line(number).startIndex
    guard label.first == caret, label.count > 1, indent <= 3 else {
      definitions += text + [newline]
      return number + 1
    }
    var body = Array(text[(close + 2)...])
    let last = lastLineOfFootnote(from: number)
    for next in (number + 1)..<(last + 1) { body += [newline] + line(next).dropping(spaces: 4) }
    footnotes[String(decoding: label.dropFirst(), as: UTF8.self)] = body
    blank(number...last)
    return last + 1
  }

  /// The last line of a footnote, which continues over indented lines and over blank ones between them.
  private func lastLineOfFootnote(from number: Int) -> Int {
    var last = number
    var next = number + 1
    while next <= lineCount {
      let text = line(next)
      let indented = text.starts(with: [space, space])
      if indented { last = next } else if !text.isEmpty { break }
      next += 1
    }
    return last
  }

  private mutating func blank(_ lines: ClosedRange<Int>) {
    for index in lineStarts[lines.lowerBound - 1]..<lineStarts[lines.upperBound] where bytes[index] != newline {
      bytes[index] = space
    }
  }
}

/// The fence of a code block.
private struct Fence {
  /// A backtick or a tilde.
  let mark: UInt8
  /// How many of them.
  let length: Int

  /// The fence that a line opens, if it does.
  init?(_ line: ArraySlice<UInt8>) {
    guard let mark = line.first, mark == backtick || mark == tilde else { return nil }
    length = line.prefix { $0 == mark }.count
    self.mark = mark
    guard length >= 3, mark == tilde || !line.dropFirst(length).contains(backtick) else { return nil }
  }

  /// Whether a line closes the block that this fence has opened.
  func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    let count = line.prefix { $0 == mark }.count
    return count >= length && line.dropFirst(count).allSatisfy { $0 == space || $0 == tab }
  }
}

extension ArraySlice<UInt8> {
  /// The line without the quote marks and spaces before its text.
  var trimmedContainer: ArraySlice<UInt8> { drop { $0 == space || $0 == tab || $0 == greater } }

  /// Without spaces and tabs at both ends.
  var trimmed: ArraySlice<UInt8> {
    var slice = drop { $0 == space || $0 == tab }
    while let last = slice.last, last == space || last == tab { slice.removeLast() }
    return slice
  }

  fileprivate func dropping(spaces most: Int) -> ArraySlice<UInt8> {
    dropFirst(Swift.min(most, prefix { $0 == space }.count))
  }
}
