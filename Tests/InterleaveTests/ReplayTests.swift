import Interleave
import Testing

struct ReplayTests {
  static let cases = MemoryModel.allCases.flatMap { model in (1...40).map { (model, UInt64($0)) } }

  /// Asks for each distinct outcome of a random program in turn.
  @Test(arguments: cases)
  func `a schedule leads to the same end again`(model: MemoryModel, seed: UInt64) throws {
    var random = Draw(seed: seed)
    let program = RandomProgram(&random)
    guard let unfolding = unfoldAll(model, limit: 20_000, program.setUp) else { return }
    for wanted in Outcomes(unfolding, model, .surprises(.max), as: RandomProgram.description).found {
      let property: Property = { RandomProgram.description($0, .complete) == wanted ? "here it is" : nil }
      let found = try #require(investigate(unfolding, Plan(model), property: property).counterexample)
      let schedule = try #require(Schedule(found.execution.schedule.description))
      #expect(schedule == found.execution.schedule)
      #expect(Replay(schedule, of: unfolding, under: model).ending == found.execution.ending)
    }
  }
}
