import Grader
import Judging
import Testing

/// The laws about what the grader says about files that we wrote ourselves.
struct GradedLawTests {
  /// The endings of a check that never reached the component.
  private static let unmet: Set<Status> = [.compileError, .forbidden, .invalid, .internal]

  @Test(arguments: Handed.stubs)
  func `a stub is derived from its solution`(stub: Handed) throws {
    let solution = try #require(Handed.solutions.first { $0.slug == stub.slug })
    #expect(try Stub.derive(from: Repository.text(solution.path)) == Repository.text(stub.path))
  }

  @Test(arguments: LawfulLab.slugs)
  func `a sheet lists the rules of its manifest`(slug: String) throws {
    let sheet = try Repository.text("labs/\(Repository.place(of: slug))/README.md")
    #expect(try SheetRules.derive(sheet, Repository.manifest(of: slug).rules) == sheet)
  }

  @Test(arguments: Handed.stubs)
  func `a stub is not implemented, and nothing worse`(stub: Handed) async throws {
    let document = try await Gradings.document(of: stub)
    #expect(document.checks.filter { $0.verdict.status != .notImplemented }.map(told) == [])
    #expect(!document.checks.isEmpty)
  }

  @Test(arguments: Handed.solutions)
  func `a solution passes every check in the sandbox too`(solution: Handed) async throws {
    let document = try await Gradings.document(of: solution)
    #expect(document.checks.filter { $0.verdict.status != .passed }.map(told) == [])
    #expect(document.checks.map(\.score).reduce(0, +) == 100)
  }

  @Test(arguments: Handed.right)
  func `a right solution of another design passes every check`(solution: Handed) async throws {
    let document = try await Gradings.document(of: solution)
    #expect(document.checks.filter { $0.verdict.status != .passed }.map(told) == [])
    #expect(try solution.source().hasPrefix("// Design: "))
  }

  @Test(arguments: Handed.gradedWrong)
  func `a wrong solution fails exactly the checks that it names`(wrong: Handed) async throws {
    let document = try await Gradings.document(of: wrong)
    #expect(document.checks.filter { Self.unmet.contains($0.verdict.status) }.map(told) == [])
    let (failing, named) = (failed(document).filter { !$0.contains("@") }, try wrong.killers())
    #expect(failing == named)
  }

  @Test(arguments: Handed.gradedWrong)
  func `a check of the broken rule fails at every seed`(wrong: Handed) async throws {
    let failed = failed(try await Gradings.document(of: wrong))
    let always = try wrong.killers().filter { check in
      Gradings.otherSeeds.allSatisfy { failed.contains("\(check)@\($0)") }
    }
    let rules = try Repository.manifest(of: wrong.slug).rules
    let missed = try wrong.breaches().filter { breach in
      rules.first { $0.id == breach.rule }?.checks.contains(where: always.contains) != true
    }
    #expect(missed == [])
    #expect(!always.isEmpty)
  }

  /// Together with others it gets fewer checks, in a process that other checks have used.
  @Test(arguments: LawfulLab.slugs)
  func `a wrong solution fails the same checks when it is graded as a student's file`(slug: String) async throws {
    let wrong = try #require(Handed.mutants.first { $0.slug == slug })
    #expect(failed(try await Gradings.documentAlone(of: wrong)) == (try wrong.killers()))
  }

  @Test(arguments: LawfulLab.slugs)
  func `every check is failed by some mutant`(slug: String) throws {
    let killers = try Handed.wrong.filter { $0.slug == slug }.flatMap { try $0.killers() }
    #expect(try LawfulLab.named(slug).checkIDs.filter { !killers.contains($0) } == [])
  }

  private func failed(_ document: JobDocument) -> [String] {
    document.checks.filter { $0.verdict.status != .passed }.map(\.id).sorted()
  }

  private func told(_ outcome: GradedOutcome) -> String {
    "\(outcome.id) \(outcome.verdict.status.rawValue): \(outcome.message)"
  }
}
