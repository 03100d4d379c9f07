/// The last words of the Swift runtime among what a program printed.
package struct RuntimeMessage: Equatable {
  /// File and line as the runtime names them, `BuddyAllocator.swift:12`; empty if it names none.
  package private(set) var position: String
  /// The message itself, without what differs from run to run: `Fatal error: Index out of range`.
  package private(set) var text: String

  private static let marks = ["Fatal error", "Precondition failed", "Assertion failed"]
  private static let cast = "Could not cast value of type "
  private static let trace = "Current stack trace:"
  /// How many lines of a message in several lines are kept.
  private static let maximumLines = 8

  /// The last message in `printed`, or nil if there is none.
  package init?(in printed: String) {
    let lines = printed.split(separator: "\n")
    for index in lines.indices.reversed() {
      guard let found = Self.parsed(lines[index]) else { continue }
      position = found.position
      text = Self.steady(([found.text] + Self.more(behind: index, lines)).joined(separator: " "))
      return
    }
    return nil
  }

  private static func parsed(_ line: Substring) -> (position: String, text: Substring)? {
    if line.hasPrefix(cast) { return ("", line.hasSuffix(".") ? line.dropLast() : line) }
    for mark in marks {
      guard let range = line.range(of: mark) else { continue }
      let (before, behind) = (line[..<range.lowerBound], line[range.upperBound...])
      guard before.isEmpty || before.hasSuffix(": "), behind.isEmpty || behind.hasPrefix(":") else { continue }
      return (String(before.dropLast(2)), line[range.lowerBound...])
    }
    return nil
  }

  /// The lines of the message after its first: those before the stack trace, if there is one.
  private static func more(behind index: Int, _ lines: [Substring]) -> [Substring] {
    let rest = lines[(index + 1)...].prefix(maximumLines)
    return rest.firstIndex { $0.hasPrefix(trace) }.map { Array(rest[..<$0]) } ?? []
  }

  /// A text without addresses, which differ from run to run.
  private static func steady(_ text: String) -> String {
    text.replacing(#/ \(0x[0-9a-f]+\)/#, with: "").replacing(#/ 0x[0-9a-f]{6,}/#, with: "")
      .replacing(#/\(unknown context at \$[0-9a-f]+\)\./#, with: "")
  }

  /// Whether the runtime prints such a line when a program traps: reports say it in words of their own.
  package static func isOfTheRuntime(_ line: Substring) -> Bool {
    let words = line.split(separator: " ")
    let isFrame = words.count > 3 && Int(words[0]) != nil && words[2].hasPrefix("0x")
    let isMessage = marks.contains { line.contains(": \($0)") }
    return isFrame || isMessage || [trace, "Could not cast value of type"].contains { line.hasPrefix($0) }
  }

  /// What a program printed without the runtime's lists of addresses.
  package static func withoutTraces(_ printed: String) -> String {
    printed.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix(trace) && $0.prefixMatch(of: #/[0-9]+ +[^ ]+ +0x[0-9a-f]+ /#) == nil }
      .map { $0.hasPrefix(cast) ? Substring(steady(String($0))) : $0 }.joined(separator: "\n")
  }
}
