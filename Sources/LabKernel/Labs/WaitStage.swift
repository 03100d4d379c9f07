internal import Interleave

/// One queue and what is waited for, as a code of a scene sees it.
///
/// It is a class because all steps of a code mean the same queue.
final class WaitStage {
  /// The queue under test.
  private let queue: Subject<any WaitQueue>
  private let ready = Atomic(0)
  private let section = CriticalSection()
  private let signals = [Atomic(0), Atomic(0), Atomic(0)]
  private let silence = Silence()

  /// Nothing is ready yet.
  init(_ queue: Subject<any WaitQueue>) {
    self.queue = queue
  }

  /// Gives names to what is to be seen in tables.
  func name(in scenario: inout Scenario) {
    scenario.name(ready, "ready")
    scenario.name(section, "section")
    scenario.name(signals, "signals")
  }

  /// Does the steps of a CPU or of a handler, one after the other.
  func perform(_ steps: [WaitQueueLab.Step]) {
    var flags: [Int] = []
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
      case .isActive: observe(SeenOfQueue.active, queue.call("isActive") { $0.isActive } ? 1 : 0)
      case .untilQuiet: waitUntilQuiet()
      case .signal(let number): signals[number].store(1, ordering: .releasing)
      case .wait(let number): signals[number].spin(until: { $0 == 1 }, ordering: .acquiring)
      case .irqSave: flags.append(Interleave.irqSave())
      case .irqRestore: if let saved = flags.popLast() { Interleave.irqRestore(saved) }
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
    queue.call("prepareToWait(exclusive: \(exclusive))") { $0.prepareToWait(exclusive: exclusive) }
  }

  private func finishWait() {
    queue.call("finishWait()") { $0.finishWait() }
  }

  private func wakeUp() {
    queue.call("wakeUp()") { $0.wakeUp() }
  }

  private func wakeUpAll() {
    queue.call("wakeUpAll()") { $0.wakeUpAll() }
  }

  private func wakeUpAllIfActive() {
    fence(ordering: .sequentiallyConsistent)
    if queue.call("isActive", { $0.isActive }) { wakeUpAll() }
  }

  private func waitUntilQuiet() {
    silence.waitUntilQuiet()
    observe(SeenOfQueue.quiet, 1)
  }
}
