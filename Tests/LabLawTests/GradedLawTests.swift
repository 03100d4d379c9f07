import Grader
import Judging
import Testing

/// The laws about what the grader says of files that we wrote ourselves.
struct GradedLawTests {
  /// How a check ends that never met the component.
  private static let unmet: Set<Status> = [.compileError, .forbidden, .invalid, .internal]

  @Test(arguments: Handed.stubs)
  func `a stub is what is left of its solution`(stub: Handed) throws {
    let solution = try #require(Handed.solutions.first { $0.slug == stub.slug })
    #expect(try Stub.derive(from: Repository.text(solution.path)) == Repository.text(stub.path))
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

  @Test(arguments: Handed.mutants)
  func `a mutant fails exactly the checks that it names`(mutant: Handed) async throws {
    let document = try await Gradings.document(of: mutant)
    #expect(document.checks.filter { Self.unmet.contains($0.verdict.status) }.map(told) == [])
    #expect(try document.checks.filter { $0.verdict.status != .passed }.map(\.id).sorted() == mutant.killers())
  }

  @Test(arguments: LawfulLab.slugs)
  func `every check is failed by some mutant`(slug: String) throws {
    let killers = try Handed.mutants.filter { $0.slug == slug }.flatMap { try $0.killers() }
    #expect(try LawfulLab.named(slug).checkIDs.filter { !killers.contains($0) } == [])
  }

  private func told(_ outcome: GradedOutcome) -> String {
    "\(outcome.id) \(outcome.verdict.status.rawValue): \(outcome.message)"
  }
}
