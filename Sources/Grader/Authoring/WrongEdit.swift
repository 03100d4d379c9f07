import Foundation
import Yams

/// A wrong solution written as an edit of the reference: an entry of `solutions/mutants/<slug>/edits.yml`.
package struct WrongEdit: Sendable {
  /// Words joined by hyphens, each used once in a lab.
  package let name: String
  /// The misconception, in one sentence.
  package let believes: String
  /// What it breaks.
  package let breaks: [Breach]
  /// Whether it breaks its rule in the plainest form.
  package let isPlain: Bool
  /// All checks that it fails, sorted.
  package let killers: [String]
  /// Texts that occur exactly once in the reference, and what replaces them.
  private let edits: [(replace: String, by: String)]

  /// The reference with the edits made.
  ///
  /// - Throws: `ManifestError` if a text to replace does not occur exactly once.
  package func applied(to reference: String) throws(ManifestError) -> String {
    var text = reference
    for edit in edits {
      let parts = text.components(separatedBy: edit.replace)
      guard parts.count == 2 else {
        throw ManifestError("\(name): the text to replace is there \(parts.count - 1) times:\n\(edit.replace)")
      }
      text = parts.joined(separator: edit.by)
    }
    return text
  }

  /// The edits that `yaml` lists.
  ///
  /// - Throws: `ManifestError` with the entry's name if an entry lacks something; the parser's error if `yaml` is not
  ///   YAML.
  package static func all(in yaml: String, path: String) throws -> [WrongEdit] {
    guard let list = try Yams.load(yaml: yaml) as? [[String: Any]] else { throw ManifestError("\(path) is no list") }
    return try list.map { try WrongEdit($0, path) }
  }

  private static let keys: Set<String> = [
    "name", "believes", "breaks", "plainly", "killed-by", "replace", "by", "edits",
  ]

  private init(_ entry: [String: Any], _ path: String) throws(ManifestError) {
    func needed<Value>(_ value: Value?, _ what: String) throws(ManifestError) -> Value {
      if let value { return value }
      throw ManifestError("\(path): \(entry["name"] ?? "an entry"): \(what)")
    }
    name = try needed(entry["name"] as? String, "it has no name")
    let unknown = Set(entry.keys).subtracting(Self.keys).sorted()
    _ = try needed(unknown.isEmpty ? unknown : nil, "unknown keys: \(unknown.joined(separator: ", "))")
    believes = try needed(entry["believes"] as? String, "what does its author believe?")
    var breaches: [Breach] = []
    for pair in try needed(entry["breaks"] as? [[String]], "breaks is a list of pairs [rule, context]") {
      let pair = try needed(pair.count == 2 ? pair : nil, "breaks: \(pair) is no pair [rule, context]")
      breaches.append(Breach(rule: pair[0], context: pair[1]))
    }
    breaks = breaches
    isPlain = entry["plainly"] as? Bool ?? false
    killers = try needed(entry["killed-by"] as? [String], "killed-by is a list of checks").sorted()
    let one = (entry["replace"] as? String).map { [["replace": $0, "by": entry["by"] as? String ?? ""]] }
    var edits: [(replace: String, by: String)] = []
    for edit in try needed(one ?? entry["edits"] as? [[String: String]], "it edits nothing") {
      edits.append((Self.trimmed(try needed(edit["replace"], "replace what?")), Self.trimmed(edit["by"] ?? "")))
    }
    self.edits = edits
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
package struct Breach: Hashable, Sendable, CustomStringConvertible {
  /// The id in `lab.yml`.
  package let rule: String
  /// One of the contexts of the lab's table.
  package let context: String

  /// A breach.
  package init(rule: String, context: String) {
    self.rule = rule
    self.context = context
  }

  /// The breach as mutants write it.
  package var description: String { "\(rule) in \(context)" }
}
