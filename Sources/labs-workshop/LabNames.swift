import Desk
import Grader

/// The names of the parts of a new lab.
struct LabNames: Equatable {
  /// The name in folders and commands: `page-table`.
  let slug: String
  /// The folder of its area, named after the part of the kernel that it is about: `memory`.
  let area: String
  /// The prefix of its types in Swift: `PageTable`.
  let type: String
  /// The type that students write.
  let component: String
  /// The protocol that it conforms to.
  let contract: String
  /// The section of the book: `5#page-tables`.
  let section: String
  /// The prefix of the area's modules: `Memory`.
  var module: String { LabArea.module(area) }

  /// Names that fit together.
  ///
  /// - Throws: `Refusal` if a name is invalid, or two are the same.
  init(slug: String, area: String, component: String?, contract: String?, section: String) throws {
    let words = slug.split(separator: "-", omittingEmptySubsequences: false)
    guard words.allSatisfy(LabNames.isWord), slug.count <= LabNames.longestSlug else {
      throw Refusal(
        "'\(slug)' cannot name a lab: use lower-case words joined by hyphens, at most \(LabNames.longestSlug) letters",
        .usage)
    }
    guard LabNames.isWord(Substring(area)) else {
      throw Refusal("'\(area)' cannot name an area: use lower-case letters and digits", .usage)
    }
    self.slug = slug
    self.area = area
    type = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    self.component = component ?? type
    self.contract = contract ?? type + "Contract"
    self.section = section
    for name in [self.component, self.contract] where !LabNames.isType(name) {
      throw Refusal("'\(name)' cannot name a type: use a capital letter, then letters and digits", .usage)
    }
    let all = [self.component, self.contract, type + "Lab", "Simple" + type]
    guard Set(all).count == all.count else {
      throw Refusal("two parts of the lab would have the same name: \(all.joined(separator: ", "))", .usage)
    }
  }

  private static let longestSlug = 24
  /// A letter, then letters and digits.
  private static func isWord(_ word: Substring) -> Bool {
    guard let first = word.utf8.first else { return false }
    return isLower(first) && word.utf8.allSatisfy { isLower($0) || isDigit($0) }
  }

  private static func isType(_ name: String) -> Bool {
    guard let first = name.utf8.first, isUpper(first) else { return false }
    return name.utf8.allSatisfy { isUpper($0) || isLower($0) || isDigit($0) }
  }

  private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
  private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
