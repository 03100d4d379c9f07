import Interleave
import Testing

struct LitmusTests {
  static let cases = Litmus.all.flatMap { test in MemoryModel.allCases.map { (test, $0) } }

  @Test(arguments: cases)
  func `a litmus test has exactly its outcomes`(test: Litmus, model: MemoryModel) throws {
    let unfolding = try #require(unfoldAll(model, limit: 200_000, test.setUp))
    let describe = { (outcome: Outcome, ending: Ending) in
      ending == .complete ? outcome.digits(test.shows) : ending.word
    }
    let all = Outcomes(unfolding, model, .surprises(.max), as: describe)
    let reduced = Outcomes(unfolding, model, .reduced, as: describe)
    #expect(all.found == test.outcomes(model), "\(test.name) \(model.name): \(all.line)")
    #expect(reduced.found == all.found)
    #expect(reduced.executions <= all.executions)
    #expect(all.found.contains(test.question) == test.isAllowed(model))
  }

  @Test func `no two litmus tests have the same name`() {
    #expect(Set(Litmus.all.map(\.name)).count == Litmus.all.count)
  }
}
