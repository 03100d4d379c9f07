import Interleave
import LabKernel
import Testing

/// Waits for nothing, and runs callbacks when they are asked for, the second one never.
private final class Hasty: ReadCopyUpdate {
  private var calls = 0
  init(cpus: Int) {}
  func readLock() {}
  func readUnlock() {}
  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }
  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }
  func synchronize() {}
  func call(_ callback: @escaping () -> Void) {
    calls += 1
    if calls != 2 { callback() }
  }
  func barrier() {}
}

struct RCULabTests {
  private func report(
    _ component: RCULab.Component, _ cpus: [[RCULab.Act]], _ model: MemoryModel = .sequential
  ) -> Report {
    let input = RCULab.Input(RCULab.Scene(cpus), Plan(model))
    let unfolding = RCULab.run(component, on: input, calls: SilentCallLog())
    return investigate(unfolding, input.plan) { RCULab.complaint(about: $0, in: input.scene) }
  }

  @Test(arguments: MemoryModel.allCases)
  func `one count of readers is enough to free nothing too early`(model: MemoryModel) {
    let scenes: [[[RCULab.Act]]] = [
      [[.read, .readNested], [.update, .update]], [[.read], [.updateLater, .updateLaterInside, .barrier]],
    ]
    let reports = scenes.map { report(CountingRCU.self, $0, model) }
    #expect(reports.allSatisfy { $0.isComplete && $0.counterexample == nil && $0.problem == nil })
  }

  @Test func `without a grace period a reader's object is freed under its hands`() {
    #expect(report(Hasty.self, [[.read], [.update]]).counterexample != nil)
    #expect(report(Hasty.self, [[.read], [.publish, .publish]]).counterexample == nil)
  }

  @Test func `callbacks that are lost, doubled or out of turn are told`() {
    #expect(
      report(Hasty.self, [[.call, .call, .barrier]]).counterexample?.complaint
        == "CPU 0 asked for callbacks [0, 1], which its last barrier waits for; it ran [0]")
    #expect(report(CountingRCU.self, [[.callTwice, .call, .barrier, .call, .barrier]]).counterexample == nil)
    #expect(report(CountingRCU.self, [[.call, .barrier, .call]]).counterexample == nil)
  }

  @Test func `two updaters have a pointer each`() {
    #expect(report(CountingRCU.self, [[.update], [.read], [.update]]).counterexample == nil)
  }

  @Test func `those who hold, come late and wait for a grace period do not wait in a circle`() {
    #expect(report(CountingRCU.self, [[.waitForHolder], [.hold], [.arriveLate]]).counterexample == nil)
  }
}
