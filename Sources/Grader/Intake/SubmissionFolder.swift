import Foundation

/// A folder with one folder or archive per student, which holds one folder or archive per lab.
package struct SubmissionFolder: Sendable {
  private let path: String
  private let labs: KnownLabs

  /// The folder at `path`, with work for `labs`.
  package init(path: String, labs: KnownLabs = KnownLabs()) {
    self.path = path
    self.labs = labs
  }

  /// Everything in it, sorted by student and lab, including what cannot be graded.
  ///
  /// Links are never followed. If a student has both a folder and an archive, the folder counts.
  ///
  /// - Throws: `IntakeError` if the folder itself cannot be read.
  package func submissions() throws(IntakeError) -> [Submission] {
    var left = IntakeRules.maximumEntries
    let top = FilePath(path)
    let entries = try HandedIn.names(in: top, &left).filter { IntakeRules.role($0.text) != .rubbish }
    let kinds = entries.map { top.appending($0).status().map { $0.st_mode & S_IFMT } }
    let names = Self.studentNames(zip(entries, kinds).filter { $0.1 == S_IFDIR }.map(\.0))
    let taken = Set(names.keys.map(\.composed))
    var archives: Set<String> = []
    var found: [Submission] = []
    for (name, kind) in zip(entries, kinds) {
      let place = top.appending(name)
      switch kind {
      case S_IFDIR?: found += student(names[name] ?? name.text, place)
      case S_IFREG?: found.append(file(name, place, taken, &archives))
      case S_IFLNK?: found.append(refused(name.text, "", "it is a symbolic link, and those are not followed"))
      default: found.append(refused(name.text, "", "it is neither a folder nor a file"))
      }
    }
    return found.sorted { ($0.student, $0.lab) < ($1.student, $1.lab) }
  }

  /// The names of the students whose folders have these names, so that no two students share a name.
  ///
  /// A name whose accents are separate characters is shown with composed letters, as on most systems. If another name
  /// has that text, it is spelled out.
  private static func studentNames(_ folders: [EntryName]) -> [EntryName: String] {
    var names: [EntryName: String] = [:]
    var taken: Set<String> = []
    let (plain, decomposed) = (folders.filter { $0.isComposed }, folders.filter { !$0.isComposed })
    for folder in plain + decomposed {
      var name = folder.composed
      if taken.contains(name) { name = folder.spelledOut }
      while !taken.insert(name).inserted { name += "*" }
      names[folder] = name
    }
    return names
  }

  private func student(_ student: String, _ folder: FilePath) -> [Submission] {
    do throws(IntakeError) {
      return Layout(try HandedIn.entries(of: folder), of: student, labs).submissions
    } catch {
      return [refused(student, "", error.description)]
    }
  }

  /// A file next to the students' folders.
  private func file(
    _ name: EntryName, _ place: FilePath, _ taken: Set<String>, _ archives: inout Set<String>
  ) -> Submission {
    guard let stem = IntakeRules.archiveStem(name)?.composed else {
      let why = "it lies in no folder of a student: \(Layout.remedy)"
      return refused(
        name.text, "", IntakeRules.role(name.text) == .source ? why : "it is neither a folder nor an archive")
    }
    if taken.contains(stem) { return refused(name.text, "", "not graded: \(stem) has a folder, and that one counts") }
    guard archives.insert(stem).inserted else {
      return refused(name.text, "", "not graded: \(stem) has another archive, and that one counts")
    }
    return Submission(student: stem, lab: "", content: .archive(place))
  }

  /// The Swift files of one lab's folder, and what was left out.
  ///
  /// - Parameter followsLinks: whether the folder and its files may be links; on a student's own machine they may.
  /// - Throws: `IntakeError` if a file that counts cannot be read or is not a file.
  package static func files(
    of folder: String, followsLinks: Bool = false
  ) throws(IntakeError) -> (files: [SourceFile], notes: [String]) {
    try HandedIn.entries(of: FilePath(folder), followsLinks: followsLinks).sources()
  }

  private func refused(_ student: String, _ lab: String, _ why: String) -> Submission {
    Submission(student: student, lab: lab, content: .refused(Printable.line(why)))
  }
}

extension EntryName {
  /// Whether its accents are part of their letters, as far as possible.
  fileprivate var isComposed: Bool { Array(composed.utf8) == bytes }
}

/// The error that something in a submission cannot be read.
package struct IntakeError: Error, Equatable, CustomStringConvertible {
  /// One sentence.
  package let description: String

  init(_ description: String) { self.description = description }
  init(_ name: String, _ code: Int32) { description = "\(name) cannot be read: \(String(cString: strerror(code)))" }
}
