import Foundation
import Testing

/// A student's work folder for one test, removed with the last reference to it; hence a class.
final class Student: Sendable {
  /// The folder of all files.
  private let folder: URL

  /// A student who has begun nothing.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("student-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Where a lab is among the areas: `ipc/pipe`.
  private static func place(of slug: String) throws -> String {
    let lab = try #require(try BookFiles.labs().first { $0.slug == slug }, "there is no lab \(slug)")
    return String(BookFiles.path(of: lab.path).dropFirst("labs/".count))
  }

  /// Hands in the solution of a lab, with one piece of text replaced by another.
  func solves(_ lab: String, _ old: String = "", _ new: String = "") throws {
    let source = BookFiles.root.appendingPathComponent("solutions/reference/\(try Self.place(of: lab))")
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
      let text = try String(contentsOf: source.appendingPathComponent(name), encoding: .utf8)
      try write(old.isEmpty ? text : text.replacing(old, with: new), "work/\(lab)/\(name)")
    }
  }

  /// Begins a lab: the file is as it is handed out.
  func begins(_ lab: String) throws {
    let source = BookFiles.root.appendingPathComponent("labs/\(try Self.place(of: lab))")
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path) where name.hasSuffix(".swift") {
      try write(try String(contentsOf: source.appendingPathComponent(name), encoding: .utf8), "work/\(lab)/\(name)")
    }
  }

  /// Writes a file of its own; returns its path.
  @discardableResult
  func write(_ text: String, _ path: String) throws -> String {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// A copy of the book in which a component has a second of processor time.
  ///
  /// - Parameter withSolutions: whether it is an author's copy, or a student's.
  func book(withSolutions: Bool) throws -> String {
    let book = folder.appendingPathComponent(withSolutions ? "author" : "handout")
    try FileManager.default.createDirectory(at: book, withIntermediateDirectories: true)
    for name in ["chapters", "scenarios"] + (withSolutions ? ["solutions"] : []) {
      try FileManager.default.createSymbolicLink(
        at: book.appendingPathComponent(name), withDestinationURL: BookFiles.root.appendingPathComponent(name))
    }
    for lab in try BookFiles.labs() {
      let path = BookFiles.path(of: lab.path)
      let source = BookFiles.root.appendingPathComponent(path)
      let copy = book.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: source, to: copy)
      let manifest = copy.appendingPathComponent("lab.yml")
      let text = try String(contentsOf: manifest, encoding: .utf8)
      try Data(text.replacing("cpu-seconds: 10", with: "cpu-seconds: 1").utf8).write(to: manifest)
    }
    return book.path
  }

  /// Runs `labs-cli` with this work.
  func run(_ arguments: [String]) throws -> Command.Result {
    var environment = ProcessInfo.processInfo.environment
    environment["LABS_WORK"] = folder.path + "/work"
    environment["XDG_STATE_HOME"] = folder.path + "/state"
    guard let program = Command.labsCLI else { throw CocoaError(.fileNoSuchFile) }
    return try Command.run(program, arguments, environment: environment)
  }
}
