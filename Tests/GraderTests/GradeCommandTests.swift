import Foundation
import Testing

/// `labs-cli grade`, as it is called.
@Suite(.serialized) struct GradeCommandTests {
  /// What it did.
  private struct Result {
    var output: String
    var errors: String
    var status: Int32
  }

  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private static func grade(_ arguments: [String], in folder: String) throws -> Result {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("labs-workshop")
    process.arguments = ["grade"] + arguments + ["--book", repository]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      output: String(decoding: printed, as: UTF8.self), errors: String(decoding: complaints, as: UTF8.self),
      status: process.terminationStatus)
  }

  @Test(arguments: [["s", "--out", ""], ["", "--out", "o"], ["s", "--labs", " "], ["s", "--student", ""]])
  func `an empty text is not a name`(_ arguments: [String]) throws {
    let folder = try Scratch()
    try folder.write("s/ana/buddy/A.swift", "")
    let result = try Self.grade(arguments, in: folder.path)
    #expect(result.status == 64 && result.errors.contains("is empty."))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["s"])
  }

  @Test(arguments: [(".", "out"), (".", "."), ("s", "s/ana/out"), ("s", "link/deep/out")])
  func `results never lie among the submissions`(_ submissions: String, _ out: String) throws {
    let folder = try Scratch()
    try folder.write("s/ana/buddy/A.swift", "")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "s")
    let result = try Self.grade([submissions, "--out", out], in: folder.path)
    #expect(result.status == 64 && result.errors.contains("among the submissions"), "\(result.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["link", "s"])
  }

  @Test func `blanks between labs are not part of their names`() throws {
    let folder = try Scratch()
    try folder.write("s/ana/buddy/BuddyAllocator.swift", "no Swift")
    let result = try Self.grade(["s", "--labs", " buddy, pipe ,"], in: folder.path)
    #expect(result.status == 0 && result.output.contains("1 result: 1 compile-error."), "\(result.errors)")
  }

  @Test func `if nothing at all could be graded, the command fails, and writes the reports`() throws {
    let folder = try Scratch()
    try folder.write("s/ana/budy/BuddyAllocator.swift", "")
    try folder.write("s/bob/notes.txt", "")
    let result = try Self.grade(["s"], in: folder.path)
    #expect(result.status == 66 && result.errors.contains("nothing could be graded"))
    #expect(try folder.read("out/results.csv").contains("there is no lab budy"))
  }

  @Test func `a student named like a folder of ours is a student`() throws {
    let folder = try Scratch()
    try folder.write("s/out/buddy/BuddyAllocator.swift", "no Swift")
    try folder.write("s/out/results.json", "{}")
    let result = try Self.grade(["s", "--out", "r"], in: folder.path)
    #expect(result.status == 0 && result.output.contains("out      buddy  compile-error"), "\(result.output)")
  }
}
