/// How a person may call a section: by the anchor of its heading, by the same words in singular or plural, or by the
/// words with which it begins.
///
/// ```
///   wait-queues     wait-queues: exactly; wait-queue: the same words; wait: the first words
/// ```
enum SectionName: CaseIterable {
  /// The anchor itself.
  case exact
  /// The same words, each with or without an "s" at its end.
  case sameWords
  /// The first words of the anchor, each with or without an "s" at its end.
  case firstWords

  /// Whether a name, in lower case, means a heading with this anchor.
  func fits(_ name: String, _ anchor: String) -> Bool {
    switch self {
    case .exact: return name == anchor
    case .sameWords: return SectionName.commonWords(name, anchor).map { $0.name == $0.anchor } ?? false
    case .firstWords: return SectionName.commonWords(name, anchor) != nil
    }
  }

  /// How many words both have, where the name's are the first of the anchor's; nil if they are not.
  private static func commonWords(_ name: String, _ anchor: String) -> (name: Int, anchor: Int)? {
    let typed = name.split(separator: "-")
    let given = anchor.split(separator: "-")
    guard !typed.isEmpty, typed.count <= given.count, zip(typed, given).allSatisfy(isOneWord) else { return nil }
    return (typed.count, given.count)
  }

  private static func isOneWord(_ left: Substring, _ right: Substring) -> Bool {
    left == right || left + "s" == right || left == right + "s"
  }
}
