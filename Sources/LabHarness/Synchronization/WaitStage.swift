internal import Interleave
internal import LabKernel

/// One queue and the condition that is waited for, as a code of a scene sees them.
///
/// It is a class because all steps of a code use the same queue.
final class WaitStage {
  /// The queue under test.
  private let queue: Subject<any WaitQueue>
  private let ready = Atomic(0)
  private let section = CriticalSection()
  private let signals = Signals(words: 4)
  private let silence = Silence()

  private var interrupts: InterruptFlags

  /// Nothing is ready yet.
  init(_ queue: Subject<any WaitQueue>, asksForInterrupts: Bool) {
    self.queue = queue
    interrupts = InterruptFlags(areChecked: asksForInterrupts)
  }

  /// Gives names to the locations that tables show.
  func name(in scenario: inout Scenario) {
    scenario.name(ready, "ready")
    scenario.name(section, "section")
    scenario.name(signals.words, "signals")
  }

  /// Does the steps of a CPU or of a handler, one after the other.
  func perform(_ steps: [WaitQueueLab.Step]) {
    for step in steps {
      switch step {
      case .waitUntilReady(let exclusive): waitUntilReady(exclusive: exclusive)
      case .makeReady: ready.store(1, ordering: .relaxed)
      case .prepareToWait(let exclusive): prepareToWait(exclusive: exclusive)
      case .finishWait: finishWait()
      case .wakeUp: wakeUp()
      case .wakeUpAll: wakeUpAll()
      case .wakeUpAllIfActive: wakeUpAllIfActive()
      case .park: sleep()
      case .wake(let cpu): wake(cpu)
      case .isActive: observe(SeenOfQueue.active, isActive() ? 1 : 0)
      case .untilQuiet: waitUntilQuiet()
      case .signal(let number): signals.give(number)
      case .wait(let number): signals.await(number)
      case .irqSave: interrupts.save()
      case .irqRestore: interrupts.restore()
      case .enter: section.enter()
      case .leave: section.leave()
      }
    }
  }

  private func waitUntilReady(exclusive: Bool) {
    while true {
      prepareToWait(exclusive: exclusive)
      if ready.load(ordering: .relaxed) != 0 { break }
      sleep()
    }
    finishWait()
  }

  private func sleep() {
    park()
    observe(SeenOfQueue.woken, 1)
  }

  private func prepareToWait(exclusive: Bool) {
    call("prepareToWait(exclusive: \(exclusive))") { $0.prepareToWait(exclusive: exclusive) }
  }

  private func finishWait() { call("finishWait()") { $0.finishWait() } }

  private func wakeUp() { call("wakeUp()") { $0.wakeUp() } }

  private func wakeUpAll() { call("wakeUpAll()") { $0.wakeUpAll() } }

  private func wakeUpAllIfActive() {
    fence(ordering: .sequentiallyConsistent)
    if isActive() { wakeUpAll() }
  }

  private func isActive() -> Bool {
    let isActive = queue.call("isActive") { $0.isActive }
    interrupts.check(after: "isActive")
    return isActive
  }

  private func call(_ name: String, _ body: (any WaitQueue) -> Void) {
    queue.call(name, body)
    interrupts.check(after: name)
  }

  private func waitUntilQuiet() {
    silence.waitUntilQuiet()
    observe(SeenOfQueue.quiet, 1)
  }
}
