import Desk
import Foundation
import Testing

/// What a student wrote, through `start`, `test` and `reset`.
@Suite struct ResetTests {
  private static let stub = Programs.book + "/labs/ipc/pipe/RingPipe.swift"

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `what was written comes back, even if the stub was tested meanwhile`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    try Data("// mine".utf8).write(to: programs.file)
    #expect(try programs.run(Programs.workshop, ["reset", "pipe"]).output.contains("--restore undoes this"))
    #expect(try text(programs.file.path) == text(Self.stub))
    // There is no compiler in the path; the file is kept before one is looked for.
    _ = try programs.run(Programs.workshop, ["test", "pipe"])
    #expect(try programs.run(Programs.workshop, ["reset", "pipe", "--restore"]).status == 0)
    #expect(try text(programs.file.path) == "// mine")
  }

  @Test func `of two versions, each restores the other`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    try Data("// first".utf8).write(to: programs.file)
    _ = try programs.run(Programs.workshop, ["test", "pipe"])
    try Data("// second".utf8).write(to: programs.file)
    #expect(try programs.run(Programs.workshop, ["reset", "pipe", "--restore"]).status == 0)
    #expect(try text(programs.file.path) == "// first")
    #expect(try programs.run(Programs.workshop, ["reset", "pipe", "--restore"]).status == 0)
    #expect(try text(programs.file.path) == "// second")
  }

  @Test func `if nothing was kept, nothing is promised and nothing is lost`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    try FileManager.default.removeItem(at: programs.file)
    let fresh = try programs.run(Programs.workshop, ["reset", "pipe"])
    #expect(fresh.status == 0 && !fresh.output.contains("--restore"))
    try Data("// mine".utf8).write(to: programs.file)
    let refused = try programs.run(Programs.workshop, ["reset", "pipe", "--restore"])
    #expect(refused.status == ExitStatus.missingInput.rawValue)
    #expect(try text(programs.file.path) == "// mine")
  }

  @Test func `start --restore restores the file, or says why not`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    try Data("// mine".utf8).write(to: programs.file)
    let present = try programs.run(Programs.workshop, ["start", "pipe", "--restore"])
    #expect(present.status == ExitStatus.usage.rawValue && present.errors.contains("reset pipe --restore"))
    try FileManager.default.removeItem(at: programs.file)
    let missing = try programs.run(Programs.workshop, ["start", "pipe", "--restore"])
    #expect(
      missing.status == ExitStatus.missingInput.rawValue && !FileManager.default.fileExists(atPath: programs.file.path))
  }
}
