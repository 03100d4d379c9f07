import Foundation
import Testing
import Yams

/// A wrong solution told as an edit of the reference: an entry of `solutions/mutants/<slug>/edits.yml`.
struct WrongEdit: Sendable {
  /// Words joined by hyphens, each used once in a lab.
  let name: String
  /// The misconception, in one sentence.
  let believes: String
  /// What it breaks.
  let breaks: [Breach]
  /// Whether it breaks its rule in the plainest form.
  let isPlain: Bool
  /// All checks that it fails, sorted.
  let killers: [String]
  /// Texts of the reference, each there exactly once, and what takes their place.
  let edits: [(replace: String, by: String)]

  /// The reference with the edits made.
  func applied(to reference: String) throws -> String {
    try edits.reduce(reference) { text, edit in
      let parts = text.components(separatedBy: edit.replace)
      try #require(parts.count == 2, "\(name): the text to replace is there \(parts.count - 1) times:\n\(edit.replace)")
      return parts.joined(separator: edit.by)
    }
  }

  /// Where the edits of a lab are.
  static func path(of slug: String) -> String { "solutions/mutants/\(slug)/edits.yml" }

  /// The edits of a lab; none where there is no such file.
  static func all(of slug: String) throws -> [WrongEdit] {
    let path = path(of: slug)
    guard Repository.exists(path) else { return [] }
    let list = try #require(try Yams.load(yaml: Repository.text(path)) as? [[String: Any]], "\(path) is a list")
    return try list.map { try WrongEdit($0, path) }
  }

  private static let keys: Set<String> = [
    "name", "believes", "breaks", "plainly", "killed-by", "replace", "by", "edits",
  ]

  private init(_ entry: [String: Any], _ path: String) throws {
    name = try #require(entry["name"] as? String, "\(path): an entry has no name")
    let place = "\(path): \(name)"
    #expect(Set(entry.keys).subtracting(Self.keys) == [], "\(place) has unknown keys")
    believes = try #require(entry["believes"] as? String, "\(place): what does its author believe?")
    let pairs = try #require(entry["breaks"] as? [[String]], "\(place): breaks is a list of pairs [rule, context]")
    breaks = try pairs.map { pair in
      try #require(pair.count == 2, "\(place): breaks: \(pair) is no pair [rule, context]")
      return Breach(rule: pair[0], context: pair[1])
    }
    isPlain = entry["plainly"] as? Bool ?? false
    killers = try #require(entry["killed-by"] as? [String], "\(place): killed-by is a list of checks").sorted()
    let several = entry["edits"] as? [[String: String]] ?? []
    let one = (entry["replace"] as? String).map { [["replace": $0, "by": entry["by"] as? String ?? ""]] }
    edits = try (one ?? several).map { edit in
      (Self.trimmed(try #require(edit["replace"], "\(place): replace what?")), Self.trimmed(edit["by"] ?? ""))
    }
    try #require(!edits.isEmpty, "\(place) edits nothing")
  }

  private static func trimmed(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

/// A rule of a lab, and a situation in which a wrong solution breaks it.
struct Breach: Hashable, Sendable, CustomStringConvertible {
  /// The id in `lab.yml`.
  let rule: String
  /// One of the contexts of the lab's table.
  let context: String

  /// As mutants write it.
  var description: String { "\(rule) in \(context)" }
}
