import Desk
import Foundation
import Grader
import Reader
import Testing

/// Whether an editor knows the contract of what the student writes: `sourcekit-lsp`, which must be installed, is asked.
@Suite struct EditorTests {
  private static let scratch = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath()

  @Test func `in the work folder, each stub completes its contract`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    try FileManager.default.removeItem(at: programs.file)
    let stubs = try StubFile.all()
    for stub in stubs { #expect(try programs.run(Programs.front, ["start", stub.slug]).status == 0) }
    let server = try LanguageServer(open: programs.work.path)
    defer { server.stop() }
    let gaps = try stubs.flatMap { try $0.gaps(in: programs.work.path, server) }
    #expect(gaps == [])
  }

  @Test func `in the book, and in one that was moved with its build, a stub completes its contract`() throws {
    let stub = try #require(StubFile.all().first)
    let (old, new) = (
      Self.scratch.appendingPathComponent("book-\(UUID())"), Self.scratch.appendingPathComponent("b-\(UUID())")
    )
    defer { for folder in [old, new] { try? FileManager.default.removeItem(at: folder) } }
    try makeBook(old, with: stub)
    try FileManager.default.moveItem(at: old, to: new)
    let server = try LanguageServer(open: new.path)
    defer { server.stop() }
    #expect(try stub.gaps(in: new.path + "/work", server) == [])
  }

  @Test func `without the flags, no contract is completed`() throws {
    let stub = try #require(StubFile.all().first)
    let work = Self.scratch.appendingPathComponent("work-\(UUID())")
    defer { try? FileManager.default.removeItem(at: work) }
    try stub.write(into: work.path)
    let server = try LanguageServer(open: work.path)
    defer { server.stop() }
    #expect(try stub.gaps(in: work.path, server).count == stub.members.count)
  }

  @Test func `flags of the student's own stay, flags of an old place do not`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    let flags = programs.work.appendingPathComponent("compile_flags.txt")
    try Data("-DMINE\n".utf8).write(to: flags)
    #expect(try programs.run(Programs.front, ["reset", "pipe"]).status == 0)
    #expect(try String(contentsOf: flags, encoding: .utf8) == "-DMINE\n")
    try Data("-swift-version\n6\n-I\n/old/Modules\n-I\n/old/Sources/CFiber/include\n".utf8).write(to: flags)
    #expect(try programs.run(Programs.front, ["reset", "pipe"]).status == 0)
    let text = try String(contentsOf: flags, encoding: .utf8)
    #expect(EditorFlags.isOurs(text) && !text.contains("/old/"))
  }

  /// A package with a work folder and a build, as small as both can be, in which a lab was begun.
  private func makeBook(_ book: URL, with stub: StubFile) throws {
    let files = FileManager.default
    let build = book.appendingPathComponent(".build/release")
    for folder in [
      build.appendingPathComponent("Modules"), book.appendingPathComponent("Sources"),
      book.appendingPathComponent("chapters"),
    ] {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    for module in Kit.parts where module.hasSuffix(".swiftmodule") {
      try files.copyItem(
        at: Programs.front.deletingLastPathComponent().appendingPathComponent(module),
        to: build.appendingPathComponent(module))
    }
    try files.copyItem(atPath: Programs.book + "/Sources/CFiber", toPath: book.path + "/Sources/CFiber")
    let manifest = """
      // swift-tools-version: 6.1
      import PackageDescription
      let package = Package(name: "book", targets: [.target(name: "CFiber")])
      """
    try Data(manifest.utf8).write(to: book.appendingPathComponent("Package.swift"))
    try stub.write(into: book.path + "/work")
    let flags = EditorFlags(try BookRoot.find(book.path), build: build.path)
    #expect(!flags.text.contains(book.path))
    try Data(flags.text.utf8).write(to: URL(fileURLWithPath: flags.path))
  }
}

/// The file that a lab hands out.
private struct StubFile {
  let slug: String
  let name: String
  let text: String
  /// The contract that its type conforms to.
  let contract: String
  /// The names of the functions that the contract requires: all in the stub that are not private.
  let members: [String]

  /// The stubs of all labs.
  static func all() throws -> [StubFile] {
    try LabFolder.all(in: Programs.book + "/labs").map { lab in
      let component = try LabManifest(folder: lab.path).component
      let text = try String(contentsOfFile: "\(lab.path)/\(component).swift", encoding: .utf8)
      let head = try #require(text.firstMatch(of: try Regex("(?:struct|class|enum) \(component): (\\w+)")))
      let functions = text.split(separator: "\n").compactMap { line in
        line.firstMatch(of: #/^  (?:mutating )?func (\w+)/#).map { String($0.1) }
      }
      return StubFile(
        slug: lab.slug, name: component + ".swift", text: text, contract: String(head.output[1].substring ?? ""),
        members: functions)
    }
  }

  /// Puts the file where the student writes.
  func write(into work: String) throws {
    try FileManager.default.createDirectory(atPath: "\(work)/\(slug)", withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(work)/\(slug)/\(name)"))
  }

  /// What an editor does not offer of the contract where the student begins to write, instead of the first `todo`.
  func gaps(in work: String, _ server: LanguageServer) throws -> [String] {
    var lines = text.components(separatedBy: "\n")
    let place = try #require(lines.firstIndex { $0.contains("todo(") })
    let typed = "    var other: (any \(contract))? = nil; other?."
    lines[place] = typed
    let offered = try server.completions(
      in: "\(work)/\(slug)/\(name)", lines.joined(separator: "\n"), line: place, character: typed.count)
    let names = Set(offered.map { $0.prefix { $0 != "(" } })
    #expect(!members.isEmpty, "\(slug)")
    return members.filter { !names.contains(Substring($0)) }.map { "\(slug): \($0) of \(contract)" }
  }
}
