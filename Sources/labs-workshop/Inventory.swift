import Desk
import Foundation
import Grader
import Reader

/// What is in the work folder: the labs, their files, and the versions that are kept elsewhere.
struct Inventory: Encodable {
  private let schema = "kernel-by-hand.work/1"
  private let folder: String
  private let labs: [Lab]

  /// One lab, or another folder there.
  private struct Lab: Encodable {
    /// The folder's name.
    let slug: String
    /// Whether the book has such a lab.
    let isKnown: Bool
    /// What is in the folder.
    let files: [File]
    /// The paths of the versions that are kept, the newest last.
    let kept: [String]
  }

  /// One file, and how it compares with the file that is handed out.
  private struct File: Encodable {
    let name: String
    let state: State
  }

  private enum State: String, Encodable {
    /// The file to write, with the student's changes.
    case changed
    /// The file to write, as it is handed out.
    case unchanged
    /// A file that is not handed out.
    case added
    /// The file to write, which is missing.
    case missing
    /// A file that cannot be read.
    case unreadable
  }

  /// Looks at the work on one lab, or on all that were ever begun; then at folders that are not labs.
  init(_ root: BookRoot, _ shelf: LabShelf, only one: LabManifest?) throws {
    folder = root.work
    let names = try Folder.names(in: root.work).filter { !$0.hasPrefix(".") && Self.isFolder("\(root.work)/\($0)") }
    let chosen = one.map { [$0] } ?? shelf.manifests
    let known = try chosen.compactMap { lab -> Lab? in
      let kept = try KeptVersions(lab).files()
      guard names.contains(lab.slug) || !kept.isEmpty || one != nil else { return nil }
      return Lab(slug: lab.slug, isKnown: true, files: try Self.files(of: StudentWork(root, lab), lab), kept: kept)
    }
    let others = names.filter { name in one == nil && !shelf.manifests.contains { $0.slug == name } }
    labs =
      try known
      + others.map { name in
        let files = try Folder.names(in: "\(root.work)/\(name)").map { File(name: $0, state: .added) }
        return Lab(slug: name, isKnown: false, files: files, kept: [])
      }
  }

  private static func files(of work: StudentWork, _ lab: LabManifest) throws -> [File] {
    let component = lab.component + ".swift"
    let own = File(name: component, state: try state(of: work.file, against: lab.stub))
    return [own]
      + (try Folder.names(in: work.folder)).filter { $0 != component }.map { File(name: $0, state: .added) }
  }

  private static func state(of file: String, against stub: String) throws -> State {
    guard FileManager.default.fileExists(atPath: file) else { return .missing }
    guard let present = FileManager.default.contents(atPath: file) else { return .unreadable }
    return present == Data(try TextFile.read(stub).utf8) ? .unchanged : .changed
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}

extension Inventory {
  /// One paragraph per lab, one line per file.
  var lines: [String] {
    guard !labs.isEmpty else {
      return ["\(StudentWork.short(folder)) is empty: begin a lab with labs-cli start <lab>."]
    }
    let width = labs.flatMap(\.files).map { DisplayWidth.of($0.name) }.max() ?? 0
    let paragraphs = labs.flatMap { lab in
      let files = lab.files.map { "  \($0.name.padding(to: width))  \(words(for: $0.state))" }
      return [lab.isKnown ? lab.slug : "\(lab.slug), which is not a lab of the book"] + files + kept(lab)
    }
    // A file can have any name, and a terminal must not obey it.
    return ["In \(StudentWork.short(folder)):", ""] + paragraphs.map { Span($0).text }
  }

  private func kept(_ lab: Lab) -> [String] {
    guard let newest = lab.kept.last else { return [] }
    let count = lab.kept.count
    return ["  \(count) \(count == 1 ? "version is" : "versions are") kept, the newest as", "    \(newest)"]
  }

  private func words(for state: State) -> String {
    switch state {
    case .changed: "changed"
    case .unchanged: "as it was handed out"
    case .added: "yours"
    case .missing: "missing"
    case .unreadable: "cannot be read"
    }
  }
}
