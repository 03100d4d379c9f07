import LineEnds

/// The head of a `lab.yml` in its plainest form, one `key: words` per line; what needs a YAML reader is not understood.
///
/// The values are those that YAML gives: one that is quoted, folded, continued on the next line, commented or not
/// ASCII is not plain. Other keys, and everything after the head, are ignored: the code that needs them checks whether
/// they are right.
package enum PlainManifest {
  /// The keys that are looked for, which must all stand before the first line that is not plain.
  private static let keys = ["title", "area", "section", "component", "difficulty"]

  /// What the file says about the lab in the folder `slug`, or nil if that is not in plain form.
  package static func card(of slug: String, _ text: [UInt8]) -> LabRow.Card? {
    let head = head(of: text)
    guard let title = head["title"], let area = head["area"], let section = head["section"],
      let component = head["component"], component.first?.isLetter == true, component.utf8.allSatisfy(\.isWord),
      let level = head["difficulty"], let difficulty = ["1", "2", "3", "4", "5"].firstIndex(of: level)
    else { return nil }
    return LabRow.Card(
      slug: slug, title: title, area: area, section: section, component: component, difficulty: difficulty + 1)
  }

  /// The values of the keys; some are missing if the head is not plain.
  private static func head(of text: [UInt8]) -> [String: String] {
    var head: [String: String] = [:]
    for line in LineEnds.unified(text).split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      // A value that continues on the next line shows by the blank there, so one more line is checked.
      guard line.first?.isWord == true else { return [:] }
      if head.count == keys.count { break }
      guard let (key, value) = pair(line), head[key] == nil else { return [:] }
      if keys.contains(key) { head[key] = value }
    }
    return head
  }

  private static func pair(_ line: ArraySlice<UInt8>) -> (key: String, value: String)? {
    guard line.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    let parts = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[1].first == " ", isPlain(parts[0]) else { return nil }
    let value = parts[1].dropFirst()
    return isPlain(value) || value == "[]" ? (String(parts[0]), String(value)) : nil
  }

  /// Whether YAML takes a text as it stands.
  private static func isPlain(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, first.isWord, let last = text.last, last != " ", last != ":" else {
      return false
    }
    return !text.contains(" #") && !text.contains(": ")
  }
}

extension UInt8 {
  /// Whether a name can contain it: a letter, a digit, an underscore, all ASCII.
  fileprivate var isWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
