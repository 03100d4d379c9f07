import Desk
import Foundation
import Grader

/// The folder in which a student writes: `work/<slug>/` in the book, or below `$LABS_WORK`.
///
/// What is there belongs to the student. Nothing is overwritten before a copy is kept: copies go to
/// `$XDG_STATE_HOME/labs/kept/<slug>/`, at every `test`, `reset` and `start`.
struct StudentWork {
  private let root: BookRoot
  private let manifest: LabManifest

  /// The work on one lab.
  init(_ root: BookRoot, _ manifest: LabManifest) {
    self.root = root
    self.manifest = manifest
  }

  /// The lab's slug.
  var slug: String { manifest.slug }
  /// The folder with the student's files.
  var folder: String { root.work + "/" + slug }
  /// The file to write.
  var file: String { folder + "/" + manifest.component + ".swift" }
  /// Whether there is anything to test.
  var exists: Bool { FileManager.default.fileExists(atPath: file) }
  /// Whether there is a file that differs from the one handed out.
  var isBegun: Bool {
    get throws { exists ? try TextFile.read(file) != TextFile.read(manifest.stub) : false }
  }
  /// The file as a person would name it from here.
  var shortFile: String { StudentWork.short(file) }

  /// Refuses to continue if there is no file, and says how to get one.
  func mustExist() throws {
    guard !exists else { return }
    let hint = try KeptVersions(manifest).newest().map { _ in
      "; to bring back your earlier version, add --restore"
    }
    throw Refusal("there is no \(shortFile): create it with labs-cli start \(slug)\(hint ?? "")", .missingInput)
  }

  /// Reads the student's files; says which are left out.
  ///
  /// - Throws: `Refusal` if a file cannot be read.
  func files() throws -> [SourceFile] {
    do throws(IntakeError) {
      let (files, notes) = try SubmissionFolder.files(of: folder, followsLinks: true)
      for note in notes { Terminal.note(note) }
      return files
    } catch {
      throw Refusal(error.description, .missingInput)
    }
  }

  /// Copies the stub to where the student writes, and tells editors how it is compiled.
  func begin() throws {
    let text = try TextFile.read(manifest.stub)
    try Folder.make(folder)
    try TextFile.write(text, to: file)
    try tellEditors()
  }

  /// Writes the flags for editors, unless the student has flags of another kind there.
  private func tellEditors() throws {
    let flags = EditorFlags(root, build: Program.folder)
    if FileManager.default.fileExists(atPath: flags.path), try !EditorFlags.isOurs(TextFile.read(flags.path)) { return }
    try TextFile.write(flags.text, to: flags.path)
  }

  /// The shorter form of a path: relative to the current directory if the file is below it.
  static func short(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}

/// Earlier versions of a student's file, the newest last.
///
/// The file as it is handed out is not among them: it would push what the student has written out of reach.
struct KeptVersions {
  /// How many versions of a file are kept; the oldest goes first.
  static let maximum = 50

  private let folder: String
  private let name: String
  private let stub: String

  /// The versions of one lab's file.
  init(_ manifest: LabManifest) {
    folder = StateFolder.path + "/kept/" + manifest.slug
    name = manifest.component
    stub = manifest.stub
  }

  /// The files, the oldest first.
  func files() throws -> [String] {
    try Folder.names(in: folder).compactMap { entry in number(of: entry).map { ($0, entry) } }
      .sorted { $0.0 < $1.0 }.map { folder + "/" + $0.1 }
  }

  /// Finds the newest file with a text other than `present`, the student's current one.
  func newest(otherThan present: String? = nil) throws -> String? {
    let handedOut = try TextFile.read(stub)
    return try files().last { path in
      let text = try TextFile.read(path)
      return text != handedOut && text != present
    }
  }

  /// Keeps a copy of `file`, unless it equals the last version that was kept.
  ///
  /// - Returns: where the copy is; nil if the file is as it was handed out.
  @discardableResult
  func keep(_ file: String) throws -> String? {
    let text = try TextFile.read(file)
    guard try text != TextFile.read(stub) else { return nil }
    let known = try files()
    if let last = known.last, try TextFile.read(last) == text { return last }
    let next = (known.last.flatMap { number(of: URL(fileURLWithPath: $0).lastPathComponent) } ?? 0) + 1
    let path = "\(folder)/\(name)-\(next).swift"
    try Folder.make(folder, remedy: StateFolder.remedy)
    try TextFile.write(text, to: path)
    for old in known.dropLast(KeptVersions.maximum - 1) { try forget(old) }
    return path
  }

  private func forget(_ old: String) throws {
    do {
      try FileManager.default.removeItem(atPath: old)
    } catch {
      throw Refusal("cannot remove \(old), the oldest version: \(error.reason)", .configuration)
    }
  }

  private func number(of entry: String) -> Int? {
    guard entry.hasPrefix(name + "-"), entry.hasSuffix(".swift") else { return nil }
    return Int(entry.dropFirst(name.count + 1).dropLast(6))
  }
}
