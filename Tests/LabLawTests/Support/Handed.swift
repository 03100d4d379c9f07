import Foundation
import Grader
import Testing

/// A file that can be handed in: a stub, a solution, a mutant, an edit of the reference, a solution of another design.
struct Handed: Hashable, Sendable, CustomTestStringConvertible {
  /// The lab.
  let slug: String
  /// The path of the file, or of the list of edits; the file is handed in under the component's own name.
  let path: String
  /// The entry of the file, if the file lists edits; otherwise empty.
  var edit = ""

  /// The folder and the name, without `.swift`.
  var testDescription: String {
    let file = path.split(separator: "/").suffix(2).joined(separator: "/").replacing(".swift", with: "")
    return edit.isEmpty ? file : "\(slug)/\(edit)"
  }

  /// All wrong solutions: those in files of their own, and edits of the reference.
  static let wrong = mutants + edits
  /// The wrong solutions that are graded: all of them with `make laws`, otherwise a few, which keeps the tests short.
  static let gradedWrong =
    ProcessInfo.processInfo.environment["LABS_LAWS"] == "all" ? wrong : LawfulLab.slugs.flatMap(few)
  /// The wrong solutions in files of their own.
  static let mutants = files(in: "solutions/mutants")
  /// The solutions.
  static let solutions = files(in: "solutions/reference")
  /// Right solutions of other designs.
  static let right = files(in: "solutions/right")
  /// The files that students begin with.
  static let stubs = files(in: "labs")

  /// Returns, for each check of a lab, the wrong solution that fails it and the fewest others, and likewise for rules.
  ///
  /// If the files of a lab cannot be read, all are returned: each then says why.
  private static func few(of slug: String) -> [Handed] {
    let all = wrong.filter { $0.slug == slug }
    do {
      let described = try all.map { (file: $0, killers: try $0.killers(), rules: try $0.breaches().map(\.rule)) }
        .sorted { ($0.killers.count, $0.file.testDescription) < ($1.killers.count, $1.file.testDescription) }
      let manifest = try Repository.manifest(of: slug)
      let ofChecks = manifest.points.keys.map { check in described.first { $0.killers.contains(check) } }
      let ofRules = manifest.rules.map { rule in described.first { $0.rules.contains(rule.id) } }
      let few = Set((ofChecks + ofRules).compactMap { $0?.file })
      return all.filter(few.contains)
    } catch {
      return all
    }
  }

  /// The entries of all lists of edits; a list that cannot be read is one entry without a name, which says why.
  private static let edits = LawfulLab.slugs.flatMap { slug -> [Handed] in
    var path = "no edits of \(slug)"
    do {
      path = try editsPath(slug)
      return try wrongEdits(slug).map { Handed(slug: slug, path: path, edit: $0.name) }
    } catch {
      return [Handed(slug: slug, path: path, edit: "unreadable")]
    }
  }

  /// Returns the Swift files directly in the folders of the labs.
  private static func files(in folder: String) -> [Handed] {
    Repository.sources(under: folder).compactMap { path in
      let parts = path.dropFirst(folder.count + 1).split(separator: "/")
      return parts.count == 3 && Asked.about(String(parts[1])) ? Handed(slug: String(parts[1]), path: path) : nil
    }
  }

  /// Returns the text that is handed in.
  func source() throws -> String {
    guard let edit = try wrongEdit() else { return try Repository.text(path) }
    let solution = try #require(Self.solutions.first { $0.slug == slug })
    return try edit.applied(to: Repository.text(solution.path))
  }

  /// Returns the checks that it says it fails, sorted.
  ///
  /// In the header of a mutant the list begins after `// Killed by:` and continues in the following lines that are
  /// indented comments.
  func killers() throws -> [String] {
    if let edit = try wrongEdit() { return edit.killers }
    let mark = "// Killed by:"
    let lines = try Repository.text(path).split(separator: "\n").drop { !$0.hasPrefix(mark) }
    let first = try #require(lines.first, "\(path) does not say which checks it fails")
    let rest = lines.dropFirst().prefix { $0.hasPrefix("//   ") }.map { $0.dropFirst(2) }
    return ([first.dropFirst(mark.count)] + rest).joined().split(separator: ",")
      .map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.map { String($0) }.sorted()
  }

  /// Returns what it says it breaks: in the header of a mutant, the lines `// Breaks: rule in context`.
  func breaches() throws -> [Breach] {
    if let edit = try wrongEdit() { return edit.breaks }
    let mark = "// Breaks: "
    return try Repository.text(path).split(separator: "\n").filter { $0.hasPrefix(mark) }.map { line in
      let parts = String(line.dropFirst(mark.count)).components(separatedBy: " in ")
      try #require(parts.count >= 2, "\(path): \(line): a breach is a rule in a context")
      return Breach(rule: parts[0], context: parts.dropFirst().joined(separator: " in "))
    }
  }

  /// Whether it breaks its rules in their plainest form.
  ///
  /// In the header of a mutant, the line `// Plainly.` says so.
  func isPlain() throws -> Bool {
    if let edit = try wrongEdit() { return edit.isPlain }
    return try Repository.text(path).split(separator: "\n").contains("// Plainly.")
  }

  private static func editsPath(_ slug: String) throws -> String {
    "solutions/mutants/\(try Repository.place(of: slug))/edits.yml"
  }

  private static func wrongEdits(_ slug: String) throws -> [WrongEdit] { try lists[slug]?.get() ?? [] }

  /// The lists of edits, each read once.
  private static let lists = Dictionary(
    uniqueKeysWithValues: LawfulLab.slugs.map { slug in
      (
        slug,
        Result {
          let path = try editsPath(slug)
          return Repository.exists(path) ? try WrongEdit.all(in: Repository.text(path), path: path) : []
        }
      )
    })

  private func wrongEdit() throws -> WrongEdit? {
    guard !edit.isEmpty else { return nil }
    let all = try Self.wrongEdits(slug)
    let entry: WrongEdit = try #require(all.first { $0.name == edit })
    return entry
  }
}
