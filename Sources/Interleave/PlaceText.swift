/// The place of an operation in the code, as a text that travels with an unfolding.
///
/// ```
/// Lock.swift:12                        a file and a line
/// Lock.swift:12 < 30                   the same, in a function that was called in line 30
/// Lock.swift:14 # arithmetic overflow  the place of a trap, and its reason
/// Lock.swift:12@0x1f2c,3a40            the same as the second, not looked up yet
/// Lock.swift:12!0x1f2c,3a40            a trap that came after line 12, not looked up yet
/// ```
///
/// Code knows the line of an operation, but neither the lines of the calls around it nor where it trapped: these are
/// addresses until the grader, which holds the program, looks them up.
package enum PlaceText {
  /// The maximum number of calls of a stack that are noted.
  package static let longestStack = 16
  /// The maximum number of characters of a text.
  package static let letters = 200
  /// The maximum number of calls around an operation that are shown.
  private static let longestChain = 3
  private static let longestReason = 60
  private static let (call, death): (Character, Character) = ("@", "!")

  /// Returns the text of an operation at a place, with the calls around it.
  package static func call(at place: String, _ addresses: [UInt32]) -> String { text(place, call, addresses) }

  /// Returns the text of a trap that came after a place.
  package static func death(after place: String, _ addresses: [UInt32]) -> String { text(place, death, addresses) }

  private static func text(_ place: String, _ mark: Character, _ addresses: [UInt32]) -> String {
    if addresses.isEmpty { return place }
    return place + "\(mark)0x" + addresses.map { String($0, radix: 16) }.joined(separator: ",")
  }

  /// Returns the addresses in a text that has not been looked up yet; none in any other text.
  package static func addresses(in text: String) -> [UInt32] {
    guard let mark = text.firstIndex(where: { $0 == call || $0 == death }) else { return [] }
    let numbers = text[text.index(after: mark)...]
    guard numbers.hasPrefix("0x") else { return [] }
    return numbers.dropFirst(2).split(separator: ",").compactMap { UInt32($0, radix: 16) }
  }

  /// Returns the text with its addresses replaced by what they stand for.
  ///
  /// - Parameters:
  ///   - stack: the places in the reader's files, from the innermost outwards, as `file:line`.
  ///   - reason: why it trapped, if known.
  package static func resolved(_ text: String, stack: [String], reason: String?) -> String {
    guard let mark = text.firstIndex(where: { $0 == call || $0 == death }) else { return text }
    let isDeath = text[mark] == death
    let own = isDeath ? stack.first ?? String(text[..<mark]) : String(text[..<mark])
    let lines = stack.dropFirst().prefix(longestChain).compactMap { $0.split(separator: ":").last }
    let why = isDeath ? reason.map { " # " + $0.prefix(longestReason) } ?? "" : ""
    return own + lines.map { " < \($0)" }.joined() + why
  }

  /// Returns the file and the lines, without the rest of the text.
  package static func place(in text: String) -> String {
    let end = text.firstIndex { $0 == call || $0 == death || $0 == "#" } ?? text.endIndex
    return String(text[..<end].reversed().drop { $0 == " " }.reversed())
  }

  /// Returns the reason of a trap.
  package static func reason(in text: String) -> String? {
    text.firstRange(of: " # ").map { String(text[$0.upperBound...]) }
  }

  /// Returns the line in words: `line 12, called in line 30`; nil for a text without a line.
  package static func words(_ text: String) -> String? {
    let place = place(in: text)
    return place.lastIndex(of: ":").map { colon in
      let lines = place[place.index(after: colon)...].split(separator: " ").filter { $0 != "<" }
      return lines.enumerated().map { ($0 == 0 ? "line " : "called in line ") + $1 }.joined(separator: ", ")
    }
  }
}

extension Unfolding {
  /// Returns why a code trapped, if known.
  func reason(of operation: Operation) -> String? {
    sources.indices.contains(operation.source) ? PlaceText.reason(in: sources[operation.source]) : nil
  }

  /// Adds a reason to each trap without one.
  package mutating func addReason(_ reason: String) {
    for source in Set(
      nodes.filter { $0.operation.operand == TrapCause.trapped.rawValue && $0.operation.kind == .trap }.map(
        \.operation.source)) where PlaceText.reason(in: sources[source]) == nil
    {
      let text = PlaceText.place(in: sources[source]) + " # " + reason
      sources[source] = Self.printable(text, most: PlaceText.letters)
    }
  }
}
