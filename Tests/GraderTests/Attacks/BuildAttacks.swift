import Foundation
import Grader
import Judging
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct BuildAttacks {
  @Test func `14: a type-check bomb is stopped and named`() async throws {
    var budget = Builder.Budget()
    budget.cpuSeconds = 2
    let bomb = "let bomb = " + String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    let document = try await Mischief(above: bomb).graded(budget: budget)
    #expect(document.status == .timedOut)
    #expect(document.checks[0].message.hasPrefix("the compiler used more than 2 s"))
  }

  @Test func `15: a memory bomb in the compiler is stopped and named`() async throws {
    var budget = Builder.Budget()
    budget.memoryMiB = 192
    let rows = (0..<40_000).map { "[\($0), 1, 2, 3, 4]" }.joined(separator: ",\n")
    let document = try await Mischief(above: "let bomb: [[Int]] = [\(rows)]").graded(budget: budget)
    #expect(document.status == .memory)
  }

  @Test func `16: a crash of the compiler is reported as one, and does not show where the compiler is`() async throws {
    let chain = "struct A { var b: A { self } }\nlet a = A()\nlet c = a" + String(repeating: ".b", count: 40_000)
    let document = try await Mischief(above: chain).graded()
    #expect(document.status == .compileError)
    #expect(document.checks[0].message == "the compiler crashed on this submission; write it in a simpler way")
    #expect(!document.diagnostics.contains("/opt/") && !document.diagnostics.contains("swift-frontend"))
  }

  @Test func `16: no file name makes a student's fault ours`() async throws {
    let file = SourceFile(name: "bwrap: x.swift", bytes: Array("let x: Int = nowhere".utf8))
    let document = try await Bench.grade([file])
    #expect(document.status == .compileError)
  }

  @Test func `17: a student's own package is not evaluated`() throws {
    let (submissions, mark) = try Self.handIn(["Package.swift": "import Foundation; exit(1)", "A.swift": "struct A {}"])
    #expect(submissions.map(\.notes) == [["Package.swift was ignored: the book has its own package"]])
    #expect(mark == ["A.swift"])
  }

  @Test func `18: a student's own module map is inert`() async throws {
    let (submissions, names) = try Self.handIn([
      "module.modulemap": "module Evil { header \"/etc/passwd\" }", "A.swift": "",
    ])
    #expect(submissions[0].notes.count == 1)
    #expect(names == ["A.swift"])
    let document = try await Mischief(above: "import Evil").graded()
    #expect(document.status == .compileError)
    #expect(document.checks[0].message.contains("no such module 'Evil'"))
  }

  @Test func `19: a flood of diagnostics is cut`() async throws {
    let lines = (0..<4000).map { "let a\($0): Int = nowhere\($0)" }.joined(separator: "\n")
    let document = try await Mischief(above: lines).graded()
    #expect(document.status == .compileError)
    #expect(document.diagnostics.utf8.count <= 64 << 10)
  }

  @Test func `21: a claimed source location is not repeated`() async throws {
    let claim = "#sourceLocation(file: \"/etc/shadow\", line: 1)\nlet x: Int = nowhere\n#sourceLocation()"
    let document = try await Mischief(above: claim).graded()
    #expect(document.checks[0].message == "somewhere in the submission: cannot find 'nowhere' in scope")
  }

  @Test func `22: a student's own main and tests are ignored, and the notes say so`() throws {
    let (submissions, names) = try Self.handIn(["main.swift": "print(1)", "ATests.swift": "", "A.swift": ""])
    #expect(submissions[0].notes.count == 2)
    #expect(names == ["A.swift"])
  }

  @Test func `22: a second entry point does not compile`() async throws {
    let document = try await Mischief(above: "@main enum Mine { static func main() {} }").graded()
    #expect(document.status == .compileError)
  }

  /// Puts files into a folder of submissions; returns what intake makes of them.
  private static func handIn(_ files: [String: String]) throws -> ([Submission], [String]) {
    let folder = try Scratch()
    for (name, text) in files { try folder.write("ana/buddy/" + name, text) }
    let submissions = try SubmissionFolder(path: folder.path).submissions()
    guard case .files(let found) = submissions.first?.content else { return (submissions, []) }
    return (submissions, found.map(\.name))
  }
}
