import Interleave
import LabHarness
import LabKernel
import Testing

/// Has no task on the queue, and wakes none.
private struct NoQueue: WaitQueue {
  init(cpus: Int, lock: any SpinLock) {}
  func prepareToWait(exclusive: Bool) { setCurrentState(.sleeping) }
  func finishWait() { setCurrentState(.running) }
  func wakeUp() {}
  func wakeUpAll() {}
  var isActive: Bool { false }
}

/// Enables interrupts at the end of each wake-up.
private struct UnmaskingQueue: WaitQueue {
  private let all: WakeEveryone
  init(cpus: Int, lock: any SpinLock) { all = WakeEveryone(cpus: cpus, lock: lock) }
  func prepareToWait(exclusive: Bool) { all.prepareToWait(exclusive: exclusive) }
  func finishWait() { all.finishWait() }
  func wakeUp() {
    all.wakeUp()
    irqRestore(1)
  }
  func wakeUpAll() { all.wakeUpAll() }
  var isActive: Bool {
    _ = irqSave()
    return all.isActive
  }
}

struct WaitQueueLabTests {
  private typealias Scene = WaitQueueLab.Scene

  private func report(
    _ component: WaitQueueLab.Component, _ scene: WaitQueueLab.Scene, _ model: MemoryModel = .sequential
  ) -> Report {
    let input = WaitQueueLab.Input(scene, Plan(model))
    let unfolding = WaitQueueLab.run(component, on: input, calls: SilentCallLog())
    return investigate(unfolding, input.plan) { WaitQueueLab.complaint(about: $0, in: scene) }
  }

  @Test(arguments: MemoryModel.allCases)
  func `a queue that wakes every task loses no wake-up`(model: MemoryModel) {
    let scene = Scene([[.waitUntilReady(exclusive: true)], [.makeReady, .wakeUp]])
    let report = report(WakeEveryone.self, scene, model)
    #expect(report.isComplete && report.counterexample == nil && report.problem == nil)
  }

  @Test func `a task that is never woken sleeps forever`() {
    let report = report(NoQueue.self, Scene([[.waitUntilReady(exclusive: false)], [.makeReady, .wakeUp]]))
    #expect(report.counterexample?.execution.ending == .deadlock(stuck: [0]))
  }

  @Test func `the tasks woken between two silences are compared with those that must be`() {
    let steps: [[WaitQueueLab.Step]] = [
      [.signal(0), .untilQuiet, .signal(1), .untilQuiet, .wakeUp, .untilQuiet],
      [.wait(0), .prepareToWait(exclusive: true), .park], [.wait(1), .prepareToWait(exclusive: true), .park],
    ]
    #expect(report(WakeEveryone.self, Scene(steps, woken: [[], [], [1, 2]])).counterexample == nil)
    let complaint = report(WakeEveryone.self, Scene(steps, woken: [[], [], [1]])).counterexample?.complaint
    #expect(complaint == "after quiet 2, CPU 1 should have woken up, but CPU 1 and 2 did")
  }

  @Test func `what isActive returns is compared with the state of the queue`() {
    let steps: [WaitQueueLab.Step] = [.prepareToWait(exclusive: false), .isActive(true), .finishWait, .isActive(false)]
    #expect(report(WakeEveryone.self, Scene([steps])).counterexample == nil)
    #expect(
      report(NoQueue.self, Scene([steps])).counterexample?.complaint
        == "isActive is false, though a CPU is on the queue")
  }

  @Test func `a handler may wake the task that it interrupts`() {
    let scene = Scene([[.waitUntilReady(exclusive: false)]], handlers: [[.makeReady, .wakeUp]])
    #expect(report(WakeEveryone.self, scene).counterexample == nil)
  }

  @Test func `a call that changes whether interrupts are on is named`() {
    let masked = Scene([[.irqSave, .wakeUp, .irqRestore]], asksForInterrupts: true)
    let on = report(UnmaskingQueue.self, masked).counterexample?.complaint
    #expect(on == "interrupts were off, but wakeUp() on CPU 0 left them on")
    let off = report(UnmaskingQueue.self, Scene([[.isActive(false)]], asksForInterrupts: true)).counterexample?
      .complaint
    #expect(off == "interrupts were on, but isActive on CPU 0 left them off")
    #expect(report(WakeEveryone.self, masked).counterexample == nil)
  }
}
