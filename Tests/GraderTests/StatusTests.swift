import Foundation
import Grader
import Judging
import LabKernel
import MemoryChecks
import Testing

@Suite(.timeLimit(.minutes(10))) struct StatusTests {
  private static let solution = "solutions/reference/memory/buddy/BuddyAllocator.swift"
  private static let hasSolution = FileManager.default.fileExists(atPath: solution)

  @Test(.enabled(if: StatusTests.hasSolution)) func `a correct submission passes every check`() async throws {
    let document = try await Bench.grade(try String(contentsOfFile: Self.solution, encoding: .utf8))
    #expect(document.status == .passed)
    #expect(document.checks.map(\.score) == Array(repeating: 10, count: BuddyChecks.suite.checks.count))
  }

  @Test func `a wrong answer fails and is shown`() async throws {
    let document = try await Mischief().graded(check: "boot-blocks")
    #expect(document.status == .failed)
    #expect(document.checks[0].message.contains("free"))
  }

  @Test func `a todo is not implemented, and says what is missing`() async throws {
    let document = try await Mischief(allocate: #"todo("find a block")"#).graded()
    #expect(document.status == .notImplemented)
    #expect(document.checks[0].message == "not implemented: find a block, in allocate(order: 0)")
  }

  @Test func `a trap is a crash, with the message of Swift and the call`() async throws {
    let document = try await Mischief(allocate: #"fatalError("no idea")"#).graded()
    #expect(document.status == .crashed)
    #expect(document.checks[0].message == "BuddyAllocator.swift:6: Fatal error: no idea, in allocate(order: 0)")
  }

  @Test func `a crash costs the check in which it happens, not the others`() async throws {
    let document = try await Mischief(initially: "precondition(frames != 32)").graded(check: nil)
    #expect(Set(document.checks.map(\.verdict.status)) == [.crashed, .failed])
  }

  @Test func `what does not compile says where and why`() async throws {
    let document = try await Mischief(allocate: "let x: Int = nowhere").graded()
    #expect(document.status == .compileError)
    #expect(document.checks[0].message == "BuddyAllocator.swift:6:18: cannot find 'nowhere' in scope")
  }

  @Test func `a sandbox that cannot be set up is our fault`() async throws {
    let scratch = try Scratch()
    let kit = try scratch.copyOfKit()
    try scratch.write("kit/sandbox-shim", "no program")
    #expect(
      try await Self.status(Mischief().source, in: Workshop(kit: kit, toolchain: .find(), tier: .bubblewrap))
        == .internal)
  }

  @Test func `without a sandbox a submission is graded too, whichever user runs the grader`() async throws {
    let workshop = try Workshop(kit: .besideExecutable(), toolchain: .find(), tier: .none)
    #expect(try await Self.status(Mischief().source, in: workshop) == .failed)
  }

  private static func status(_ source: String, in workshop: Workshop) async throws -> Status {
    let modules = ModuleCache.ofUser(try await Bench.workshop.value)
    let grader = try SubmissionGrader(workshop: workshop, modules: modules, store: nil, seed: 1)
    return try await grader.grade([SourceFile(name: "A.swift", bytes: Array(source.utf8))], for: Bench.buddy()).status
  }

  @Test(arguments: [
    ("print([order][order + 3])", "BuddyAllocator.swift:6: Fatal error: Index out of range"),
    ("var none: [Int] = []; none.removeLast()", "BuddyAllocator.swift:6: Fatal error: Can't remove last element"),
    ("print(Int.max - 1 + frames)", "BuddyAllocator.swift:6: it trapped: arithmetic overflow"),
    (
      "let none: Int? = order > 9 ? 1 : nil; print(none!)",
      "BuddyAllocator.swift:6: Fatal error: Unexpectedly found nil"
    ),
    ("precondition(order > 99, \"no such order\")", "BuddyAllocator.swift:6: Precondition failed: no such order"),
    ("precondition(order > 99, \"two\\nlines\")", "BuddyAllocator.swift:6: Precondition failed: two lines, in"),
    ("assert(order > 99, \"no such order\")", "BuddyAllocator.swift:6: Assertion failed: no such order"),
    ("fatalError()", "BuddyAllocator.swift:6: Fatal error, in allocate"),
    (
      "let any: Any = order; print(any as! String)",
      "BuddyAllocator.swift:6: Could not cast value of type 'Swift.Int' to 'Swift.String', in allocate"
    ),
    (
      "struct Odd: Error {}; func odd() throws { throw Odd() }; try! odd()",
      "BuddyAllocator.swift:6: Fatal error: 'try!' expression unexpectedly raised an error: Submission.BuddyAllocator.Odd()"
    ),
  ]) func `a trap names the student's line, also one inside the standard library`(
    _ trap: String, _ message: String
  ) async throws {
    let document = try await Mischief(above: "let frames = CommandLine.arguments.count + 1", allocate: trap).graded()
    #expect(document.status == .crashed)
    #expect(document.checks[0].message.hasPrefix(message), "\(document.checks[0].message)")
  }

  @Test func `a trap in one of several files names that file, and none that it claims to be`() async throws {
    let help = "func pick(_ n: Int) -> Int { [1][n + 3] }\n"
    let claim = "#sourceLocation(file: \"/etc/shadow\", line: 1)\nfunc lie(_ n: Int) -> Int { pick(n) }\n"
    let files = [
      SourceFile(name: "Help.swift", bytes: Array(help.utf8)),
      SourceFile(
        name: "A.swift",
        bytes: Array(Mischief(above: claim + "#sourceLocation()", allocate: "print(lie(1))").source.utf8)),
    ]
    let document = try await Bench.grade(files, "sound-blocks")
    #expect(document.checks[0].message.hasPrefix("Help.swift:1: Fatal error: Index out of range"))
  }

  @Test func `a program that answers one check after a time-out of another is heard`() async throws {
    let document = try await Mischief(allocate: "while order == 3 {}").graded(check: nil)
    let statuses = document.checks.map(\.verdict.status)
    #expect(statuses.contains(.timedOut) && statuses.contains(.failed))
  }

  @Test func `a trap under many calls of the library names the student's line`() async throws {
    let deep = (0..<6).reduce("[order][order + 3]") { inner, _ in "[1].map { _ in \(inner) }.first!" }
    let document = try await Mischief(allocate: "print(\(deep))").graded()
    #expect(document.checks[0].message.hasPrefix("BuddyAllocator.swift:6: Fatal error: Index out of range"))
  }
}
