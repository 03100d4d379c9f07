import Interleave
import LabHarness
import LabKernel
import Testing

/// Has nobody in line, and wakes nobody.
private struct NoQueue: WaitQueue {
  init(cpus: Int, lock: any SpinLock) {}
  func prepareToWait(exclusive: Bool) { setCurrentState(.sleeping) }
  func finishWait() { setCurrentState(.running) }
  func wakeUp() {}
  func wakeUpAll() {}
  var isActive: Bool { false }
}

/// Switches interrupts on at the end of each wake-up.
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
  func `who wakes everyone loses no wake-up`(model: MemoryModel) {
    let scene = Scene([[.waitUntilReady(exclusive: true)], [.makeReady, .wakeUp]])
    let report = report(WakeEveryone.self, scene, model)
    #expect(report.isComplete && report.counterexample == nil && report.problem == nil)
  }

  @Test func `a task that nobody wakes sleeps for ever`() {
    let report = report(NoQueue.self, Scene([[.waitUntilReady(exclusive: false)], [.makeReady, .wakeUp]]))
    #expect(report.counterexample?.execution.ending == .deadlock(stuck: [0]))
  }

  @Test func `who is woken between two silences is compared with who must be`() {
    let steps: [[WaitQueueLab.Step]] = [
      [.signal(0), .untilQuiet, .signal(1), .untilQuiet, .wakeUp, .untilQuiet],
      [.wait(0), .prepareToWait(exclusive: true), .park], [.wait(1), .prepareToWait(exclusive: true), .park],
    ]
    #expect(report(WakeEveryone.self, Scene(steps, woken: [[], [], [1, 2]])).counterexample == nil)
    let complaint = report(WakeEveryone.self, Scene(steps, woken: [[], [], [1]])).counterexample?.complaint
    #expect(complaint == "after quiet 2 the task of CPU 1 was to wake up, and CPU 1 and 2 did")
  }

  @Test func `what isActive says is compared with what is so`() {
    let steps: [WaitQueueLab.Step] = [.prepareToWait(exclusive: false), .isActive(true), .finishWait, .isActive(false)]
    #expect(report(WakeEveryone.self, Scene([steps])).counterexample == nil)
    #expect(
      report(NoQueue.self, Scene([steps])).counterexample?.complaint == "isActive is false, and a CPU is in line")
  }

  @Test func `a handler may wake the task that it interrupts`() {
    let scene = Scene([[.waitUntilReady(exclusive: false)]], handlers: [[.makeReady, .wakeUp]])
    #expect(report(WakeEveryone.self, scene).counterexample == nil)
  }

  @Test func `a call that leaves interrupts otherwise is named`() {
    let masked = Scene([[.irqSave, .wakeUp, .irqRestore]], asksForInterrupts: true)
    let on = report(UnmaskingQueue.self, masked).counterexample?.complaint
    #expect(on == "interrupts were off, and wakeUp() of CPU 0 switched them on")
    let off = report(UnmaskingQueue.self, Scene([[.isActive(false)]], asksForInterrupts: true)).counterexample?
      .complaint
    #expect(off == "interrupts were on, and isActive of CPU 0 left them off")
    #expect(report(WakeEveryone.self, masked).counterexample == nil)
  }
}
