import Interleave
import Judging
import LabHarness
import LabKernel
import Testing

/// Returns a check of three CPUs under a lock, with a maximum number of executions to explore.
private func interleavings(_ executions: Int) -> Check<TicketLockLab> {
  let steps = [[TicketLockLab.Step]](repeating: [.lock, .unlock], count: 3)
  return Check(
    id: "three", title: "three take turns",
    scenes: [TicketLockLab.Scene(steps, protected: .presence)], models: [.sequential], executions: executions)
}

private let lockSuite = Suite(
  TicketLockLab.self, visibility: .hidden, unit: "steps", shrinks: { _ in [] }, show: { _ in [] }, size: { _ in 1 },
  checks: [])

struct InterleavingCheckTests {
  @Test func `if not every interleaving could be explored, the verdict says how many were`() async throws {
    func verdict(_ executions: Int) async throws -> Verdict {
      try await lockSuite.decide(interleavings(executions), seed: 7) { inputs in
        inputs.map { .finished(TicketLockLab.run(TestAndSetLock.self, on: $0, calls: SilentCallLog())) }
      }
    }
    #expect(try await verdict(20_000).remark == "")
    let remark = try await verdict(50).remark
    #expect(
      remark
        == "more executions under SC than can be explored: 50 were, those with at most 3 preemptions or old values "
        + "first, and 2000 drawn at random; none is wrong")
  }

  @Test func `under one memory model, each scene is explored once`() {
    let scenes = [
      TicketLockLab.Scene([[.lock, .unlock]]), TicketLockLab.Scene([[.lock, .unlock], [.lock, .unlock]]),
    ]
    let check = Check<TicketLockLab>(
      id: "two", title: "two scenes", scenes: scenes,
      models: [.sequential, .totalStoreOrder])
    let cases = check.under(.releaseAcquire).cases(3)
    #expect(check.cases(3).count == 4)
    #expect(cases.map(\.scene) == scenes)
    #expect(cases.map(\.plan.model) == [.releaseAcquire, .releaseAcquire] && cases.allSatisfy { $0.plan.seed == 3 })
  }
}
