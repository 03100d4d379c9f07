import Foundation
import Testing

struct DevGradeTests {
  @Test func `a reference gets all points, and a file that does not compile, next to it, gets none`() throws {
    let broken = FileManager.default.temporaryDirectory.appendingPathComponent("Broken-\(UUID().uuidString).swift")
    try Data("struct BuddyAllocator {".utf8).write(to: broken)
    let files = ["solutions/reference/memory/buddy/BuddyAllocator.swift", broken.path]
    let result = try Command.run(try #require(Command.labsCLI), ["dev", "grade", "buddy"] + files)
    try FileManager.default.removeItem(at: broken)
    let words = result.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(words.map { $0[1] } == ["100", "0"])
    #expect(words[0].count == 2)
    #expect(words[1].count > 20)
    #expect(result.status == 0)
  }

  @Test(
    arguments: [
      (["bufdy"], "labs-cli: there is no lab bufdy: did you mean buddy?\n", 66),
      (["buddy", "--seeds", "1,x"], "labs-cli: --seeds takes numbers, separated by commas: 1,2,3\n", 64),
      (["buddy", "none.swift"], "labs-cli: cannot read none.swift: No such file or directory\n", 66),
    ] as [([String], String, Int32)])
  func `what cannot be graded is reported in one line`(words: [String], errors: String, status: Int32) throws {
    let result = try Command.run(try #require(Command.labsCLI), ["dev", "grade"] + words)
    #expect(result.errors == errors)
    #expect(result.status == status)
  }
}
