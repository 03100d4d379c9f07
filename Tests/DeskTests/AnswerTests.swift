import Desk
import Foundation
import Testing

@Suite struct AnswerTests {
  private static func progress(_ entry: String) -> String {
    #"{"labs":{"buddy":\#(entry)},"schema":"kernel-by-hand.progress/1"}"#
  }

  /// Progress files: none, good ones, and damaged ones, which are put aside.
  private static let progressFiles = [
    nil, progress(#"{"checks":6,"hints":1,"passed":["a","b"],"tests":2}"#),
    progress(#"{"checks":1,"hints":0,"passed":["a"],"tests":1}"#),
    progress(#"{"checks":6,"hints":3,"passed":[],"tests":0}"#),
    progress(#"{"checks":6,"hints":3,"passed":["\u0061"],"tests":1}"#), progress("{}"), "", "{", "[]",
    #"{"labs":{},"schema":"kernel-by-hand.progress/2"}"#,
  ]

  @Test(arguments: [["list"], ["progress"]], progressFiles)
  func `both programs print the same, whatever is remembered`(_ words: [String], _ progress: String?) throws {
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
  func `what cannot be written is not lost in silence`(_ words: String) throws {
    let programs = try Programs(progress: nil)
    defer { try? programs.remove() }
    let shell = URL(fileURLWithPath: "/bin/sh")
    let full = try programs.run(shell, ["-c", "\(Programs.front.path) \(words) > /dev/full"])
    #expect(full.status == 74 && full.errors == "labs-cli: cannot write: No space left on device\n")
  }

  @Test func `what is wrong with a progress file is said in plain words`() throws {
    let programs = try Programs(progress: Self.progress(#"{"checks":6}"#))
    defer { try? programs.remove() }
    let errors = try programs.run(Programs.workshop, ["list"]).errors
    #expect(errors.contains("there is no labs.buddy.tests in it") || errors.contains("there is no labs.buddy."))
    #expect(!errors.contains("CodingKeys"))
  }

  @Test func `the book is found from any folder, and by way of a link`() throws {
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

  @Test func `where the other program is missing, it is said which, and what to do`() throws {
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
    let rows = try #require(LabRow.plainRows(of: try BookRoot.find(Programs.book), progress: "/nothing"))
    let labs = try FileManager.default.subpathsOfDirectory(atPath: Programs.book + "/labs")
      .filter { $0.hasSuffix("/lab.yml") }.compactMap { $0.split(separator: "/").dropLast().last.map(String.init) }
    #expect(rows.map(\.card.slug).sorted() == labs.sorted())
  }
}
