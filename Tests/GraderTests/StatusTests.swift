import Foundation
import Grader
import Judging
import LabKernel
import Testing

@Suite struct StatusTests {
  private static let solution = "solutions/reference/buddy/BuddyAllocator.swift"
  private static let hasSolution = FileManager.default.fileExists(atPath: solution)

  @Test(.enabled(if: StatusTests.hasSolution)) func `a correct submission passes every check`() async throws {
    let document = try await Bench.grade(try String(contentsOfFile: Self.solution, encoding: .utf8))
    #expect(document.status == .passed)
    #expect(document.checks.map(\.score) == [10, 10, 10, 10, 10, 10])
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
    let workshop = try Workshop(kit: .besideExecutable(), toolchain: .find(), tier: .bubblewrap)
    let modules = ModuleCache.ofUser(try await Bench.workshop.value)
    let grader = try SubmissionGrader(workshop: workshop, modules: modules, store: nil, seed: 1)
    try workshop.sabotage()
    let file = SourceFile(name: "BuddyAllocator.swift", bytes: Array(Mischief().source.utf8))
    #expect(try await grader.grade([file], for: Bench.buddy()).status == Status.internal)
  }

  @Test func `a program that answers one check after a time-out of another is heard`() async throws {
    let document = try await Mischief(allocate: "while order == 3 {}").graded(check: nil)
    let statuses = document.checks.map(\.verdict.status)
    #expect(statuses.contains(.timedOut) && statuses.contains(.failed))
  }
}
