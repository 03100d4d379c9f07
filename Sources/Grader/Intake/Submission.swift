import Foundation

/// What one student handed in for one lab, as far as it was found; not yet judged.
package struct Submission: Sendable, Equatable {
  /// The name of the student's folder or archive.
  package var student: String
  /// The slug of the lab; empty if the fault is in the student's folder as a whole.
  package var lab: String
  /// What there is to grade.
  package var content: Content
  /// What was left out, and why.
  package var notes: [String]

  /// A submission.
  package init(student: String, lab: String, content: Content, notes: [String] = []) {
    self.student = student
    self.lab = lab
    self.content = content
    let rest = notes.count - IntakeRules.maximumNotes
    self.notes = rest > 0 ? notes.prefix(IntakeRules.maximumNotes) + ["… and \(rest) more"] : notes
  }

  /// What there is to grade.
  package enum Content: Sendable, Equatable {
    /// The Swift files, sorted by name.
    case files([SourceFile])
    /// An archive that is opened later, in the sandbox, when its turn comes.
    case archive(FilePath)
    /// Nothing to grade, and why.
    case refused(String)
  }
}

/// Which files of a submission count, and how large they may be.
package enum IntakeRules {
  /// The maximum number of Swift files.
  package static let maximumFiles = 32
  /// The maximum size of one of them, in bytes.
  package static let maximumFileSize = 512 << 10
  /// The maximum size of all of them together, in bytes.
  package static let maximumSize = 1 << 20
  /// How many of the files that were left out are named.
  static let maximumNotes = 20
  /// The maximum number of entries in one folder or archive.
  package static let maximumEntries = 10_000
  /// The extensions of archives that are opened.
  package static let archiveEndings = [".zip", ".tar", ".tar.gz", ".tgz"]

  /// The name without the extension of an archive; nil if it has none.
  static func archiveStem(_ name: EntryName) -> EntryName? {
    let lower = name.text.lowercased()
    guard let ending = archiveEndings.first(where: { lower.hasSuffix($0) && lower.count > $0.count }) else {
      return nil
    }
    return name.dropLast(ending.utf8.count)
  }

  /// What happens to a file with this name.
  static func role(_ name: String) -> Role {
    if name.hasPrefix(".") || name == "__MACOSX" { return .rubbish }
    if name == "Package.swift" || name == "Package.resolved" { return .ignored("the book has its own package") }
    if name == "main.swift" { return .ignored("the grader has its own main") }
    if name.hasSuffix("Tests.swift") { return .ignored("tests of your own are not graded") }
    if name.hasSuffix(".modulemap") { return .ignored("a submission is Swift alone") }
    return name.hasSuffix(".swift") ? .source : .ignored("only Swift files at the top of the folder are graded")
  }

  /// What happens to a file.
  enum Role: Equatable {
    case source
    case ignored(String)
    case rubbish
  }

  /// Two names that a file system could take for one, or nil.
  static func collision(_ names: [String]) -> String? {
    var seen: [String: String] = [:]
    for name in names.sorted() {
      let folded = name.lowercased().decomposedStringWithCanonicalMapping
      if let other = seen[folded] { return "\(other) and \(name) differ in case or accents alone" }
      seen[folded] = name
    }
    return nil
  }

  /// Why a submission with `count` files is refused.
  static func tooManyFiles(_ count: Int) -> String { "there are \(count) Swift files; \(maximumFiles) are accepted" }

  /// What there is to grade of the files that were found, or why there is nothing.
  static func content(_ files: [SourceFile], notes: [String]) -> Submission.Content {
    if let collision = collision(files.map(\.name)) { return .refused(collision) }
    if files.count > maximumFiles { return .refused(tooManyFiles(files.count)) }
    let size = files.reduce(0) { $0 + $1.bytes.count }
    if size > maximumSize { return .refused("the Swift files have \(size) bytes; \(maximumSize) are accepted") }
    if files.isEmpty {
      return .refused(notes.isEmpty ? "the folder is empty" : "there is no Swift file at the top of the folder")
    }
    return .files(files.sorted { $0.name < $1.name })
  }
}
