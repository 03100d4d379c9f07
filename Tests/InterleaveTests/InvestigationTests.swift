import Interleave
import Testing

struct InvestigationTests {
  /// N! executions: waiters are let in in order of arrival.
  @Test(arguments: MemoryModel.allCases, [(2, 2), (3, 6), (4, 24), (5, 120), (6, 720), (7, 5_040)])
  func `a ticket lock has an execution for each order of arrival`(model: MemoryModel, size: (cpus: Int, count: Int)) {
    let report = explore(model, TicketLock.scenario(cpus: size.cpus))
    #expect(report.executions == size.count)
    #expect(report.redundant == 0)
    #expect(report.isComplete)
    #expect(report.counterexample == nil)
    #expect(report.problem == nil)
  }

  @Test(arguments: [
    (MemoryModel.sequential, 2, 4), (.sequential, 3, 132), (.totalStoreOrder, 2, 4), (.totalStoreOrder, 3, 132),
    (.releaseAcquire, 2, 6), (.releaseAcquire, 3, 1_020),
  ])
  func `a loop that looks again costs more executions`(model: MemoryModel, cpus: Int, count: Int) {
    let report = explore(model, TicketLock.scenario(cpus: cpus, waiting: .loop))
    #expect(report.executions == count)
    #expect(report.isComplete)
    #expect(report.counterexample == nil)
  }

  @Test(arguments: MemoryModel.allCases)
  func `a space that is too large is sampled, and the report says so`(model: MemoryModel) {
    let report = explore(model, executions: 100, TicketLock.scenario(cpus: 6))
    #expect(report.executions == 100)
    #expect(!report.isComplete)
    #expect(report.samples == Plan(model).samples)
    #expect(report.counterexample == nil)
  }

  @Test(arguments: MemoryModel.allCases)
  func `both halves come to the same report`(model: MemoryModel) throws {
    let plan = Plan(model)
    let setUp = TicketLock.scenario(cpus: 2, unlock: .relaxed)
    let reports = (0..<2).map { _ in investigate(unfold([plan], setUp), plan) }
    #expect(reports[0] == reports[1])
    let ending = try #require(reports[0].counterexample?.execution.ending)
    #expect(ending.word == "race")
  }
}
