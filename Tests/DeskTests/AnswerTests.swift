import Desk
import Foundation
import Reader
import Testing

@Suite struct AnswerTests {
  private static func progress(_ entry: String) -> String {
    #"{"labs":{"buddy":\#(entry)},"schema":"kernel-by-hand.progress/1"}"#
  }

  /// Progress files: none, valid ones, and damaged ones, which are put aside.
  private static let progressFiles = [
    nil, progress(#"{"checks":6,"hints":1,"passed":["a","b"],"tests":2}"#),
    progress(#"{"checks":1,"hints":0,"passed":["a"],"tests":1}"#),
    progress(#"{"checks":6,"hints":3,"passed":[],"tests":0}"#),
    progress(#"{"checks":6,"hints":3,"passed":["\u0061"],"tests":1}"#), progress("{}"), "", "{", "[]",
    #"{"labs":{},"schema":"kernel-by-hand.progress/2"}"#,
  ]

  @Test(arguments: [["list"], ["progress"]], progressFiles)
  func `both programs print the same, whatever the progress file says`(_ words: [String], _ progress: String?) throws {
    let results = try [Programs.front, Programs.workshop].map { program in
      let programs = try Programs(progress: progress)
      defer { try? programs.remove() }
      return try programs.run(program, words)
    }
    #expect(results[0].status == 0)
    #expect(results[0].output == results[1].output)
    #expect(results[0].errors.isEmpty == results[1].errors.isEmpty)
  }

  @Test(arguments: [
    ["read"], ["read", "0"], ["read", "scheduling"], ["read", "2#real-time"], ["read", "05-memory.md"], ["read", "2#"],
    ["read", "labs/buddy"], ["read", "labs/buddy/README.md"], ["read", "buddy"], ["read", "wait-queue"],
    ["read", "4#wait-queue"], ["read", "labs/buddy#what-is-judged"], ["read", "questions"], ["read", "labs/budy"],
    ["read", "77"], ["read", "2#real-tim"], ["read", ""], ["read", "-1"], ["read", "--width", "40", "0"],
    ["read", "--"],
    ["read", "0", "2"], ["read", "--help"], ["list", "--json"], ["list", "all"], ["lsit"], [], ["--help"],
    ["help", "read"],
  ])
  func `both programs say the same, with the same exit code`(_ words: [String]) throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    #expect(try programs.run(Programs.front, words) == programs.run(Programs.workshop, words))
  }

  @Test(arguments: ["list", "list --json", "read 0", "progress", "sim scenarios/realtime.yml", "pages 16 A=0"])
  func `output that cannot be written is not lost silently`(_ words: String) throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    let shell = URL(fileURLWithPath: "/bin/sh")
    let full = try programs.run(shell, ["-c", "\(Programs.front.path) \(words) > /dev/full"])
    #expect(full.status == 74 && full.errors == "labs-cli: cannot write: No space left on device\n")
  }

  @Test func `what is wrong with a progress file is reported in plain words`() throws {
    let programs = try Programs(progress: Self.progress(#"{"checks":6}"#))
    defer { try? programs.remove() }
    let errors = try programs.run(Programs.workshop, ["list"]).errors
    #expect(errors.contains("there is no labs.buddy.tests in it") || errors.contains("there is no labs.buddy."))
    #expect(!errors.contains("CodingKeys"))
  }

  @Test func `the book is found from any folder, and through a link`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    let link = FileManager.default.temporaryDirectory.appendingPathComponent("labs-cli-\(UUID())")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: Programs.front)
    defer { try? FileManager.default.removeItem(at: link) }
    let expected = try programs.run(Programs.front, ["list"])
    #expect(expected.output.contains("started"))
    #expect(try programs.run(link, ["list"], in: "/") == expected)
    #expect(try programs.run(link, ["list", "--json"], in: "/").status == 0)
  }

  @Test func `a lab is found in the folder of an area, and in that of all labs`() throws {
    let files = FileManager.default
    let lab = try #require(LabFolder.all(in: Programs.book + "/labs").first { $0.slug == "buddy" })
    let answers = try ["labs/buddy", "labs/memory/buddy"].map { place in
      let programs = try Programs(progress: nil)
      let book = files.temporaryDirectory.appendingPathComponent("book-\(UUID())")
      defer { for folder in [book, programs.work.deletingLastPathComponent()] { try? files.removeItem(at: folder) } }
      let folder = book.appendingPathComponent(place)
      try files.createDirectory(at: folder.deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.copyItem(atPath: lab.path, toPath: folder.path)
      try files.copyItem(atPath: Programs.book + "/chapters", toPath: book.path + "/chapters")
      let list = try programs.run(Programs.front, ["list"], in: book.path)
      #expect(try list == programs.run(Programs.workshop, ["list"], in: book.path) && list.output.contains("buddy "))
      #expect(try programs.run(Programs.front, ["start", "buddy"], in: book.path).status == 0)
      let begun = try String(
        contentsOf: programs.work.appendingPathComponent("buddy/BuddyAllocator.swift"), encoding: .utf8)
      return [list.output, try programs.run(Programs.front, ["read", "labs/buddy"], in: book.path).output, begun]
    }
    #expect(answers[0] == answers[1])
  }

  @Test func `if the other program is missing, the message names it and says what to do`() throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let copy = folder.appendingPathComponent("labs-cli")
    try FileManager.default.copyItem(at: Programs.front, to: copy)
    let result = try programs.run(copy, ["doctor"])
    #expect(result.status == 78)
    #expect(result.errors == "labs-cli: cannot run \(folder.path)/labs-workshop: No such file or directory; run make\n")
  }

  @Test func `every lab of the book is one that can be listed at once`() throws {
    let root = try BookRoot.find(Programs.book)
    let rows = try #require(try LabRow.plainRows(of: root, progress: "/nothing"))
    #expect(try rows.map(\.card.slug).sorted() == LabFolder.all(in: root.labs).map(\.slug).sorted())
    #expect(!rows.isEmpty)
  }
}
