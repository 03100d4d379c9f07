import Interleave
import LabHarness
import LabKernel
import Testing

/// Waits for nothing, and runs callbacks as soon as they are asked for, but never the second one.
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

/// Keeps only the latest callback, forever.
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
  func `a single count of readers is enough to free nothing too early`(model: MemoryModel) {
    let scenes: [[[RCULab.Act]]] = [
      [[.read, .readNested], [.update, .update]], [[.read], [.updateLater, .enter, .updateLater, .leave, .barrier]],
    ]
    let reports = scenes.map { report(CountingRCU.self, $0, model) }
    #expect(reports.allSatisfy { $0.isComplete && $0.counterexample == nil && $0.problem == nil })
  }

  @Test func `without a grace period an object is freed while a reader uses it`() {
    #expect(report(Hasty.self, [[.read], [.update]]).counterexample != nil)
    #expect(report(Hasty.self, [[.read], [.publish, .publish]]).counterexample == nil)
  }

  @Test func `a callback that runs again finds no object left, and is reported`() {
    let complaint = report(Forgetful.self, [[.later([.publish]), .barrier, .barrier]]).counterexample?.complaint
    #expect(complaint == "barrier 2 of CPU 0 ran callbacks [0]; it should have run [], in this order")
  }

  @Test func `a callback that runs outside of a barrier is reported`() {
    #expect(
      report(Hasty.self, [[.call(1), .call(1), .barrier]]).counterexample?.complaint
        == "CPU 0 ran callback 0 while it was not in barrier")
  }

  @Test func `callbacks that a barrier loses, doubles or runs out of order are reported`() {
    #expect(
      report(Forgetful.self, [[.call(1), .call(1), .barrier]]).counterexample?.complaint
        == "barrier 1 of CPU 0 ran callbacks [1]; it should have run [0, 1], in this order")
    #expect(
      report(Forgetful.self, [[.call(1), .barrier, .barrier]]).counterexample?.complaint
        == "barrier 2 of CPU 0 ran callbacks [0]; it should have run [], in this order")
    #expect(report(CountingRCU.self, [[.call(2), .call(1), .barrier, .call(1), .barrier]]).counterexample == nil)
    #expect(report(CountingRCU.self, [[.call(1), .barrier, .call(1)]]).counterexample == nil)
  }

  @Test func `two updaters have a pointer each`() {
    #expect(report(CountingRCU.self, [[.update], [.read], [.update]]).counterexample == nil)
  }

  @Test func `CPUs that hold a section, come late and wait for a grace period do not deadlock`() {
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
        == "barrier 2 of CPU 0 ran callbacks [2]; it should have run [1, 2], in this order")
  }

  @Test func `without a grace period a room behind a shut gate is freed while a reader uses it`() {
    let reader: [RCULab.Act] = [.enter, .gate(.visit), .leave]
    let updater: [RCULab.Act] = [.gate(.shut), .synchronize, .gate(.clear)]
    #expect(report(Hasty.self, [reader, updater]).counterexample != nil)
    #expect(report(CountingRCU.self, [reader, updater], .releaseAcquire).counterexample == nil)
  }

  @Test func `an object that was found is used later, and freed after a grace period`() {
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

  @Test func `a mark that is reached too early is reported`() {
    let holder: [RCULab.Act] = [.enter, .mark(1), .untilQuiet, .findsBefore(cpu: 1, mark: 2), .leave]
    let waiter: [RCULab.Act] = [.awaits(cpu: 0, mark: 1), .synchronize, .mark(2)]
    #expect(
      report(Hasty.self, [holder, waiter]).counterexample?.complaint
        == "a grace period is over, though CPU 0 is still in a section that began before it")
    #expect(report(CountingRCU.self, [holder, waiter]).counterexample == nil)
  }
}
