import Interleave
import LabKernel
import Testing

/// Lets everyone in.
private struct NoLock: SequenceLock {
  private let sequence = Atomic(0)
  func readBegin() -> Int { sequence.load(ordering: .relaxed) }
  func readRetry(_ start: Int) -> Bool { false }
  func writeBegin() -> Int { 0 }
  func writeEnd(_ flags: Int) {}
}

struct SeqlockLabTests {
  private func report(
    _ component: SeqlockLab.Component, _ scene: SeqlockLab.Scene, _ model: MemoryModel = .sequential
  ) -> Report {
    let input = SeqlockLab.Input(scene, Plan(model))
    let unfolding = SeqlockLab.run(component, on: input, calls: SilentCallLog())
    return investigate(unfolding, input.plan) { SeqlockLab.complaint(about: $0, in: scene) }
  }

  @Test(arguments: MemoryModel.allCases)
  func `with a lock around everything nothing is torn`(model: MemoryModel) {
    let scene = SeqlockLab.Scene([[.write, .read], [.read, .write]])
    let report = report(LockedReaders.self, scene, model)
    #expect(report.isComplete && report.counterexample == nil && report.problem == nil)
  }

  @Test func `a pair that nobody wrote together is named with its reader`() {
    let report = report(NoLock.self, SeqlockLab.Scene([[.write], [.read]]))
    #expect(report.counterexample?.complaint == "CPU 1 read 1 and 0, which nobody wrote together")
  }

  @Test func `two writers at once are found without the lab's help`() {
    #expect(report(NoLock.self, SeqlockLab.Scene([[.write], [.write]])).counterexample?.complaint == nil)
    #expect(report(NoLock.self, SeqlockLab.Scene([[.write], [.write]])).counterexample != nil)
  }

  @Test func `an interrupt may come to a reader, and to a writer that keeps it off`() {
    let scene = SeqlockLab.Scene([[.write], [.read]], interrupts: [.init(on: 0, .read), .init(on: 1, .write)])
    #expect(report(LockedReaders.self, scene).counterexample == nil)
  }

  @Test func `the data has its names, and the lock's parts theirs`() {
    let input = SeqlockLab.Input(SeqlockLab.Scene([[.write], [.read]]), Plan(.sequential))
    let unfolding = SeqlockLab.run(LockedReaders.self, on: input, calls: SilentCallLog())
    #expect(unfolding.atomicsWritten(by: 0) == ["isTaken", "first", "second"])
    #expect(unfolding.atomicsWritten(by: 1) == ["isTaken"])
  }
}
