import Desk
import Foundation
import Testing

/// What `labs-cli reset --list` says about the work folder.
@Suite struct InventoryTests {
  private struct Document: Decodable, Equatable {
    struct Lab: Decodable, Equatable {
      struct File: Decodable, Equatable {
        let name: String
        let state: String
      }
      let slug: String
      let isKnown: Bool
      let files: [File]
      let kept: [String]
    }
    let schema: String
    let folder: String
    let labs: [Lab]
  }

  private func document(_ programs: Programs, _ lab: String...) throws -> Document {
    let result = try programs.run(Programs.front, ["reset", "--list", "--json"] + lab)
    #expect(result.status == 0)
    return try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
  }

  @Test func `what was begun, changed, added and kept is listed, which changes nothing`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    _ = try programs.run(Programs.front, ["start", "buddy"])
    try Data("// mine".utf8).write(to: programs.file)
    _ = try programs.run(Programs.front, ["reset", "pipe"])
    try Data("// more of mine".utf8).write(to: programs.file)
    try Data().write(to: programs.work.appendingPathComponent("pipe/Notes.txt"))
    try FileManager.default.createDirectory(
      at: programs.work.appendingPathComponent("scratch"), withIntermediateDirectories: true)
    let expected = """
      In \(programs.work.path):

      buddy
        BuddyAllocator.swift  as it was handed out
      pipe
        RingPipe.swift        changed
        Notes.txt             yours
        1 version is kept, the newest as
          \(programs.kept.path)/pipe/RingPipe-1.swift
      scratch, which is not a lab of the book

      """
    #expect(try programs.run(Programs.front, ["reset", "--list"]).output == expected)
    #expect(try programs.run(Programs.front, ["reset", "--list"]).output == expected)
    #expect(
      try document(programs, "pipe")
        == Document(
          schema: "kernel-by-hand.work/1", folder: programs.work.path,
          labs: [
            .init(
              slug: "pipe", isKnown: true,
              files: [.init(name: "RingPipe.swift", state: "changed"), .init(name: "Notes.txt", state: "added")],
              kept: ["\(programs.kept.path)/pipe/RingPipe-1.swift"])
          ]))
    #expect(try document(programs).labs.map(\.slug) == ["buddy", "pipe", "scratch"])
    #expect(try document(programs).labs.map(\.isKnown) == [true, true, false])
  }

  @Test func `a lab whose file is gone, but has kept versions, is listed`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    try Data("// mine".utf8).write(to: programs.file)
    _ = try programs.run(Programs.front, ["reset", "pipe"])
    try FileManager.default.removeItem(at: programs.file.deletingLastPathComponent())
    let labs = try document(programs).labs
    #expect(labs.map(\.slug) == ["pipe"] && labs.first?.files.map(\.state) == ["missing"])
    #expect(labs.first?.kept.count == 1)
  }

  @Test func `a control sequence in a file's name does not reach the terminal`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    try Data().write(to: programs.work.appendingPathComponent("pipe/a\u{1B}[2J"))
    let output = try programs.run(Programs.front, ["reset", "--list", "pipe"]).output
    #expect(output.contains("  a\u{FFFD}[2J") && !output.contains("\u{1B}"))
  }

  @Test func `an empty work folder is said to be empty`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    try FileManager.default.removeItem(at: programs.work)
    let text = "\(programs.work.path) is empty: begin a lab with labs-cli start <lab>.\n"
    #expect(try programs.run(Programs.front, ["reset", "--list"]).output == text)
    #expect(try document(programs).labs == [])
  }

  @Test(arguments: [
    ([], 64), (["--list", "--restore"], 64), (["--json", "pipe"], 64), (["--restore"], 64), (["--list", "pip"], 66),
    (["pip"], 66),
  ])
  func `what makes no sense is refused`(words: [String], status: Int) throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    let result = try programs.run(Programs.front, ["reset"] + words)
    #expect(Int(result.status) == status && result.output.isEmpty)
    #expect(status == 64 || result.errors.contains("did you mean pipe?"))
  }
}
