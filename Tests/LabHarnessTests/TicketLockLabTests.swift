import Interleave
import LabHarness
import LabKernel
import Testing

/// Lets every CPU in.
private struct NoLock: SpinLock {
  func lock() {}
  func unlock() {}
  func tryLock() -> Bool { true }
}

/// A lock that is never free.
private struct ShutLock: SpinLock {
  private let never = Atomic(0)
  func lock() { never.spin(until: { $0 == 1 }, ordering: .relaxed) }
  func unlock() {}
  func tryLock() -> Bool { false }
}

/// A lock that keeps interrupts off while it is held.
private struct MaskingLock: SpinLock {
  private let taken = Atomic(0)
  func lock() {
    _ = irqSave()
    while !tryLock() { taken.spin(until: { $0 == 0 }, ordering: .relaxed) }
  }
  func unlock() {
    taken.store(0, ordering: .releasing)
    irqRestore(1)
  }
  func tryLock() -> Bool { taken.exchange(1, ordering: .acquiring) == 0 }
}

/// Serves one number after the other.
private struct NumberedLock: SpinLock {
  private let next = Atomic(0)
  private let served = Atomic(0)
  func lock() {
    let ticket = next.fetchAdd(1, ordering: .acquiring)
    served.spin(until: { $0 == ticket }, ordering: .acquiring)
  }
  func unlock() { served.store(served.load(ordering: .relaxed) + 1, ordering: .releasing) }
  func tryLock() -> Bool {
    let turn = served.load(ordering: .acquiring)
    return next.compareExchange(expected: turn, desired: turn + 1, ordering: .acquiring).exchanged
  }
}

/// A lock whose `tryLock()` looks fifty times before it gives up.
private struct PatientLock: SpinLock {
  private let taken = Atomic(0)
  func lock() { while taken.exchange(1, ordering: .acquiring) == 1 { cpuRelax() } }
  func unlock() { taken.store(0, ordering: .releasing) }
  func tryLock() -> Bool { (0..<50).contains { _ in taken.exchange(1, ordering: .acquiring) == 0 } }
}

struct TicketLockLabTests {
  private typealias Scene = TicketLockLab.Scene

  private func report(
    _ component: TicketLockLab.Component, _ scene: TicketLockLab.Scene, _ model: MemoryModel = .sequential
  ) -> Report {
    let input = TicketLockLab.Input(scene, Plan(model))
    let unfolding = TicketLockLab.run(component, on: input, calls: SilentCallLog())
    return investigate(unfolding, input.plan) { TicketLockLab.complaint(about: $0, in: scene) }
  }

  @Test(arguments: MemoryModel.allCases)
  func `with test and set no increment is lost`(model: MemoryModel) {
    let scene = Scene([[.lock, .unlock], [.lock, .unlock]], protected: .relaxedCount)
    let report = report(TestAndSetLock.self, scene, model)
    #expect(report.isComplete && report.counterexample == nil && report.problem == nil)
  }

  @Test func `two CPUs that hold the lock at once are reported`() {
    let report = report(NoLock.self, Scene([[.lock, .unlock], [.lock, .unlock]], protected: .presence))
    #expect(report.counterexample?.complaint?.hasSuffix("acquired the lock while another CPU held it") == true)
  }

  @Test func `a lost increment is reported`() {
    let report = report(NoLock.self, Scene([[.lock, .unlock], [.lock, .unlock]], protected: .relaxedCount))
    #expect(report.counterexample?.complaint == "after 2 times += 1 under the lock, the count is 1")
  }

  @Test func `a CPU that waits for quiet goes on when all others wait`() {
    let steps: [[TicketLockLab.Step]] = [
      [.lock, .signal(0), .untilQuiet, .unlock, .lock, .unlock], [.wait(0), .lock, .unlock],
    ]
    #expect(report(TestAndSetLock.self, Scene(steps)).counterexample == nil)
    let complaint = report(TestAndSetLock.self, Scene(steps, order: [0, 1, 0])).counterexample?.complaint
    #expect(complaint == "the CPUs were queued in the order 0, 1, 0, but held the lock in the order 0, 0, 1")
  }

  @Test func `what tryLock returns is compared with what it must return`() {
    let refused = report(ShutLock.self, Scene([[.tryLock(.taken)]])).counterexample?.complaint
    #expect(refused == "tryLock() on CPU 0 failed although the lock was free")
    let taken = report(NoLock.self, Scene([[.lock, .signal(0)], [.wait(0), .tryLock(.refused)]])).counterexample?
      .complaint
    #expect(taken == "tryLock() on CPU 1 acquired a lock that was held")
    let complaint = report(ShutLock.self, Scene([[.tryLock(.any)]], oneMustGetIt: true)).counterexample?.complaint
    #expect(complaint == "every tryLock() failed, though no CPU held the lock")
  }

  @Test func `a lock that is never free is a deadlock`() {
    #expect(report(ShutLock.self, Scene([[.lock, .unlock]])).counterexample?.execution.ending == .deadlock(stuck: [0]))
  }

  @Test func `a lock that keeps interrupts off while it is held is reported`() {
    #expect(report(MaskingLock.self, Scene([[.lock, .unlock]])).counterexample == nil)
    let off = report(MaskingLock.self, Scene([[.lock, .unlock]], asksForInterrupts: true)).counterexample?.complaint
    #expect(off == "interrupts were on, but lock() on CPU 0 left them off")
    let masked = Scene([[.irqSave, .lock, .unlock, .irqRestore]], asksForInterrupts: true)
    let on = report(MaskingLock.self, masked).counterexample?.complaint
    #expect(on == "interrupts were off, but unlock() on CPU 0 left them on")
    #expect(report(TestAndSetLock.self, masked).counterexample == nil)
  }

  @Test func `an interrupt comes to the CPU of the scene`() {
    let scene = Scene([[], [.lock, .unlock]], handlers: [[.lock, .unlock]], interrupted: 1)
    #expect(report(TestAndSetLock.self, scene).counterexample?.execution.ending == .deadlock(stuck: [1]))
  }

  @Test func `a tryLock() that waits is seen in what the codes can do`() {
    func wait(_ component: TicketLockLab.Component) -> String? {
      let input = TicketLockLab.Input(Scene([[.lock, .unlock], [.tryLock(.any), .unlock]]), Plan(.sequential))
      return TicketLockLab.run(component, on: input, calls: SilentCallLog()).firstWait(inCalls: "tryLock()", looks: 4)
    }
    #expect(wait(TestAndSetLock.self) == nil)
    #expect(wait(ShutLock.self) == nil)
    #expect(wait(PatientLock.self)?.hasPrefix("TicketLockLabTests.swift:") == true)
  }

  @Test func `a handler that overtakes a CPU in lock() is reported, and a handler that comes first is not`() {
    let scene = Scene(
      [[.lock, .signal(0), .untilQuiet, .signal(1), .unlock], [.wait(0), .lock, .unlock]],
      handlers: [[.wait(1), .tryLock(.any), .unlock]], interrupted: 1, protected: .presence, noTryPasses: true)
    let complaint = report(TestAndSetLock.self, scene).counterexample?.complaint
    #expect(complaint == "tryLock() on CPU 1 acquired the lock in an interrupt handler while CPU 1 waited in lock()")
    #expect(report(NumberedLock.self, scene).counterexample == nil)
    var atOnce = scene
    atOnce.cpus = [[.lock, .unlock], [.lock, .unlock]]
    atOnce.handlers = [[.tryLock(.any), .unlock]]
    #expect(report(TestAndSetLock.self, atOnce).counterexample == nil)
  }

  @Test func `signals are waited for in any number`() {
    let tells = Scene([(0..<9).map { .signal($0) } + [.lock], [.wait(8), .tryLock(.refused)]])
    #expect(report(NoLock.self, tells).counterexample?.complaint == "tryLock() on CPU 1 acquired a lock that was held")
    #expect(report(NoLock.self, Scene([[.signal(0)], [.wait(3)]])).counterexample != nil)
  }
}
