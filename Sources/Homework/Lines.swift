/// Lines of text for a terminal.
enum Lines {
  /// How wide a line may be.
  private static let width = 78

  /// The same lines, none too wide: adjacent lines without indentation form one paragraph; the rest of an indented line
  /// that is too wide is indented by two more.
  static func fitted(_ lines: [String]) -> [String] {
    var fitted: [String] = []
    var paragraph: [String] = []
    func finish() {
      if !paragraph.isEmpty { fitted += wrapped(paragraph.joined(separator: " "), indent: 0) }
      paragraph = []
    }
    for line in lines {
      if line.isEmpty || line.hasPrefix(" ") {
        finish()
        let indent = line.prefix { $0 == " " }.count
        fitted += line.count > width ? wrapped(line, indent: indent) : [line]
      } else {
        paragraph.append(line)
      }
    }
    finish()
    return fitted
  }

  /// The numbers above a picture that has `columns` columns, one for every few.
  static func scale(_ columns: Int, every step: Int = 5) -> String {
    stride(from: 0, to: columns, by: step).map { "\($0)".filled(step) }.joined().trimmed
  }

  /// The name of a task, a job or a block: A is the first.
  static func letter(_ number: Int) -> String { String(UnicodeScalar(UInt8(ascii: "A") + UInt8(number))) }

  /// A part of a whole, to the nearest percent.
  static func percent(_ part: Int, of whole: Int) -> String { "\((part * 200 / whole + 1) / 2) %" }

  private static func wrapped(_ text: String, indent: Int) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent == 0 ? 0 : indent + 2)
        isEmpty = true
      }
      line += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    return lines + [line]
  }
}

extension Sequence where Element: StringProtocol {
  /// The words with commas between them and `and` before the last; "none" if there are none.
  var listed: String {
    let words = map { String($0) }
    guard let last = words.last else { return "none" }
    return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension String {
  /// Returns the text with spaces after it, up to a width.
  func filled(_ width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }

  /// The text without trailing spaces.
  var trimmed: String { String(dropLast(reversed().prefix { $0 == " " }.count)) }
}
