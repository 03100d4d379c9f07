import Interleave
import LabHarness
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

/// Keeps the callback that was asked for last, forever.
private final class Forgetful: ReadCopyUpdate {
  private var last: () -> Void = {}
  init(cpus: Int) {}
  func readLock() {}
  func readUnlock() {}
  func publish(_ object: Int, to pointer: Atomic) { pointer.store(object, ordering: .releasing) }
  func dereference(_ pointer: Atomic) -> Int { pointer.load(ordering: .acquiring) }
  func synchronize() {}
  func call(_ callback: @escaping () -> Void) { last = callback }
  func barrier() { last() }
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
      [[.read, .readNested], [.update, .update]], [[.read], [.updateLater, .enter, .updateLater, .leave, .barrier]],
    ]
    let reports = scenes.map { report(CountingRCU.self, $0, model) }
    #expect(reports.allSatisfy { $0.isComplete && $0.counterexample == nil && $0.problem == nil })
  }

  @Test func `without a grace period a reader's object is freed under its hands`() {
    #expect(report(Hasty.self, [[.read], [.update]]).counterexample != nil)
    #expect(report(Hasty.self, [[.read], [.publish, .publish]]).counterexample == nil)
  }

  @Test func `a callback that runs again finds no object left, and is told`() {
    let complaint = report(Forgetful.self, [[.later([.publish]), .barrier, .barrier]]).counterexample?.complaint
    #expect(complaint == "barrier 2 of CPU 0 ran callbacks [0]; those to run were [], in this order")
  }

  @Test func `a callback that runs outside of a barrier is told`() {
    #expect(
      report(Hasty.self, [[.call(1), .call(1), .barrier]]).counterexample?.complaint
        == "CPU 0 ran callback 0, and was not in barrier")
  }

  @Test func `callbacks that a barrier loses, doubles or runs out of turn are told`() {
    #expect(
      report(Forgetful.self, [[.call(1), .call(1), .barrier]]).counterexample?.complaint
        == "barrier 1 of CPU 0 ran callbacks [1]; those to run were [0, 1], in this order")
    #expect(
      report(Forgetful.self, [[.call(1), .barrier, .barrier]]).counterexample?.complaint
        == "barrier 2 of CPU 0 ran callbacks [0]; those to run were [], in this order")
    #expect(report(CountingRCU.self, [[.call(2), .call(1), .barrier, .call(1), .barrier]]).counterexample == nil)
    #expect(report(CountingRCU.self, [[.call(1), .barrier, .call(1)]]).counterexample == nil)
  }

  @Test func `two updaters have a pointer each`() {
    #expect(report(CountingRCU.self, [[.update], [.read], [.update]]).counterexample == nil)
  }

  @Test func `CPUs that hold, come late and wait for a grace period do not wait in a circle`() {
    let cpus: [[RCULab.Act]] = [
      [.wait(0), .synchronize, .signal(2)], [.enter, .signal(0), .wait(1), .leave],
      [.wait(0), .enter, .signal(1), .looks(2), .leave],
    ]
    #expect(report(CountingRCU.self, cpus).counterexample == nil)
  }

  @Test func `what a callback asks for is due in the next barrier, with a number of its own`() {
    let acts: [RCULab.Act] = [.later([.call(1), .call(2)]), .call(1), .barrier, .barrier, .barrier]
    #expect(report(CountingRCU.self, [acts]).counterexample == nil)
    #expect(
      report(Forgetful.self, [[.later([.call(1)]), .barrier, .call(1), .barrier]]).counterexample?.complaint
        == "barrier 2 of CPU 0 ran callbacks [2]; those to run were [1, 2], in this order")
  }

  @Test func `a room behind a shut gate is freed under the hands of a reader without a grace period`() {
    let reader: [RCULab.Act] = [.enter, .gate(.visit), .leave]
    let updater: [RCULab.Act] = [.gate(.shut), .synchronize, .gate(.clear)]
    #expect(report(Hasty.self, [reader, updater]).counterexample != nil)
    #expect(report(CountingRCU.self, [reader, updater], .releaseAcquire).counterexample == nil)
  }

  @Test func `what was found is used later, and freed after a grace period`() {
    let reader: [RCULab.Act] = [.enter, .find, .use, .leave]
    #expect(report(Hasty.self, [reader, [.publish, .synchronize, .free]]).counterexample != nil)
    #expect(report(CountingRCU.self, [reader, [.publish, .synchronize, .free]]).counterexample == nil)
    #expect(report(CountingRCU.self, [reader, [.publish, .freeLater, .barrier]]).counterexample == nil)
  }

  @Test func `the page of a second pointer needs its own acquire`() {
    let reader: [RCULab.Act] = [.enter, .follow, .second(.follow), .leave]
    #expect(report(CountingRCU.self, [reader, [.publish, .second(.publish)]], .releaseAcquire).counterexample == nil)
    #expect(report(CountingRCU.self, [[.second(.carry(-1)), .second(.carry(.max))]]).counterexample == nil)
  }

  @Test func `a mark that is reached too early is told`() {
    let holder: [RCULab.Act] = [.enter, .mark(1), .untilQuiet, .findsBefore(cpu: 1, mark: 2), .leave]
    let waiter: [RCULab.Act] = [.awaits(cpu: 0, mark: 1), .synchronize, .mark(2)]
    #expect(
      report(Hasty.self, [holder, waiter]).counterexample?.complaint
        == "a grace period is over, though CPU 0 is in a section that had begun before it")
    #expect(report(CountingRCU.self, [holder, waiter]).counterexample == nil)
  }
}
