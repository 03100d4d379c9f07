import Interleave
import LabHarness
import LabKernel
import Testing

/// Lets every CPU in.
private struct NoLock: SequenceLock {
  private let sequence = Atomic(0)
  func readBegin() -> Int { sequence.load(ordering: .relaxed) }
  func readRetry(_ start: Int) -> Bool { false }
  func writeBegin() -> Int { 0 }
  func writeEnd(_ flags: Int) {}
}

/// Lets one writer in at a time, and has the first read section retried; a write leaves interrupts on.
private struct Restless: SequenceLock {
  private let isTaken = Atomic(0)
  private let readings = Atomic(0)
  func readBegin() -> Int { readings.fetchAdd(1, ordering: .relaxed) }
  func readRetry(_ start: Int) -> Bool { start == 0 }
  func writeBegin() -> Int {
    while isTaken.exchange(1, ordering: .acquiring) != 0 { isTaken.spin(until: { $0 == 0 }, ordering: .relaxed) }
    return irqSave()
  }
  func writeEnd(_ flags: Int) {
    isTaken.store(0, ordering: .releasing)
    irqRestore(1)
  }
}

/// Keeps writers apart, and never sends a reader back.
private struct CalmWriter: SequenceLock {
  private let isTaken = Atomic(0)
  func readBegin() -> Int { 0 }
  func readRetry(_ start: Int) -> Bool { false }
  func writeBegin() -> Int {
    while isTaken.exchange(1, ordering: .acquiring) != 0 { isTaken.spin(until: { $0 == 0 }, ordering: .relaxed) }
    return 0
  }
  func writeEnd(_ flags: Int) { isTaken.store(0, ordering: .releasing) }
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
  func `with a lock around everything no data is torn`(model: MemoryModel) {
    let scene = SeqlockLab.Scene([[.write, .read], [.read, .write]])
    let report = report(LockedReaders.self, scene, model)
    #expect(report.isComplete && report.counterexample == nil && report.problem == nil)
  }

  @Test func `a pair that no write left together is named with its reader`() {
    let report = report(NoLock.self, SeqlockLab.Scene([[.write], [.read]]))
    #expect(report.counterexample?.complaint == "CPU 1 read 1 and 0, which no write left together")
  }

  @Test func `two writers at once are found without the lab's help`() {
    #expect(report(NoLock.self, SeqlockLab.Scene([[.write], [.write]])).counterexample?.complaint == nil)
    #expect(report(NoLock.self, SeqlockLab.Scene([[.write], [.write]])).counterexample != nil)
  }

  @Test func `an interrupt may come to a reader, and to a writer that keeps it off`() {
    let scene = SeqlockLab.Scene([[.write], [.read]], interrupts: [.init(on: 0, .read), .init(on: 1, .write)])
    #expect(report(LockedReaders.self, scene).counterexample == nil)
  }

  @Test func `the data and the parts of the lock have their names`() {
    let input = SeqlockLab.Input(SeqlockLab.Scene([[.write], [.read]]), Plan(.sequential))
    let unfolding = SeqlockLab.run(LockedReaders.self, on: input, calls: SilentCallLog())
    #expect(unfolding.atomicsWritten(by: 0) == ["isTaken", "first", "second"])
    #expect(unfolding.atomicsWritten(by: 1) == ["isTaken"])
  }

  @Test func `changed interrupts after a write are reported if the scene watches them`() {
    let acts: [SeqlockLab.Act] = [.maskedWrite]
    #expect(report(Restless.self, SeqlockLab.Scene([acts])).counterexample == nil)
    #expect(
      report(Restless.self, SeqlockLab.Scene([acts], isWatched: true)).counterexample?.complaint
        == "CPU 0 has interrupts on after a write section, but not before it")
  }

  @Test func `a retry is a mistake if all writes are ordered before or after the read section`() {
    let repeated = "CPU 1 read the pair 2 times although no write overlapped it"
    let after = SeqlockLab.Scene([[.write, .release(0)], [.acquire(0), .read]])
    let before = SeqlockLab.Scene([[.acquire(0), .write], [.read, .release(0)]])
    #expect(report(Restless.self, after).counterexample?.complaint == repeated)
    #expect(report(Restless.self, before).counterexample?.complaint == repeated)
    #expect(!after.mayMeetWrite(1, act: 1) && !before.mayMeetWrite(1, act: 0))
    #expect(SeqlockLab.Scene([[.write, .signal(0)], [.wait(0), .read]]).mayMeetWrite(1, act: 1))
  }

  @Test func `a read section is overtaken by the writes of each CPU that overtakes`() {
    let scene = SeqlockLab.Scene([[.overtakes([2])], [.overtaken([2])], [.overtakes([2])]])
    let calm = report(CalmWriter.self, scene)
    #expect(
      calm.counterexample?.complaint == "CPU 1: readRetry returned false although 4 writes came after readBegin")
  }
}
