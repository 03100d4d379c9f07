import Testing

/// A file of the repository that can be handed in for a lab: a stub, a solution, a mutant.
struct Handed: Hashable, Sendable, CustomTestStringConvertible {
  /// The lab.
  let slug: String
  /// Where the file is; it is handed in under the component's own name.
  let path: String

  /// The folder and the name, without `.swift`.
  var testDescription: String {
    path.split(separator: "/").suffix(2).joined(separator: "/").replacing(".swift", with: "")
  }

  /// The files of all mutants.
  static let mutants = files(in: "solutions/mutants")
  /// The solutions.
  static let solutions = files(in: "solutions/reference")
  /// What students begin with.
  static let stubs = files(in: "labs")

  /// The Swift files that lie in the folders of the labs, but not deeper.
  private static func files(in folder: String) -> [Handed] {
    Repository.sources(under: folder).compactMap { path in
      let parts = path.dropFirst(folder.count + 1).split(separator: "/")
      return parts.count == 2 ? Handed(slug: String(parts[0]), path: path) : nil
    }
  }

  /// The checks that a mutant's header says it fails, sorted.
  ///
  /// The list begins after `// Killed by:` and goes on in the lines behind it that are indented comments.
  func killers() throws -> [String] {
    let mark = "// Killed by:"
    let lines = try Repository.text(path).split(separator: "\n").drop { !$0.hasPrefix(mark) }
    let first = try #require(lines.first, "\(path) does not say which checks it fails")
    let rest = lines.dropFirst().prefix { $0.hasPrefix("//   ") }.map { $0.dropFirst(2) }
    return ([first.dropFirst(mark.count)] + rest).joined().split(separator: ",")
      .map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.map { String($0) }.sorted()
  }
}
