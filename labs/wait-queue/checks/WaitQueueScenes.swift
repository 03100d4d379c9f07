import Interleave
import Judging
import LabKernel

extension WaitQueueLab.Scene {
  /// How many steps there are.
  package var size: Int { (cpus + handlers).joined().count }
}

/// What every suite of the lab shares: how scenes are made, drawn and made simpler.
package enum WaitQueueScenes {
  /// Falls asleep, and does no more when it is woken.
  package static func once(exclusive: Bool) -> [WaitQueueLab.Step] { [.prepareToWait(exclusive: exclusive), .park] }

  /// CPU 0 lets the others fall asleep one after the other, does something, and at last wakes whoever is left.
  ///
  /// - Parameters:
  ///   - sleepers: what CPU 1, CPU 2 and so on do to fall asleep, in the order in which they come.
  ///   - deed: what CPU 0 does when all sleep.
  ///   - woken: who must wake up from that.
  ///   - left: who must wake up only at the end.
  package static func asleep(
    _ sleepers: [[WaitQueueLab.Step]], _ deed: [WaitQueueLab.Step], woken: [Int], left: [Int]
  ) -> WaitQueueLab.Scene {
    var first: [WaitQueueLab.Step] = []
    var phases: [[Int]] = [[]]
    for index in sleepers.indices {
      first += [.signal(index), .untilQuiet]
      phases.append([])
    }
    phases[phases.count - 1] = woken
    phases.append(left)
    let others = sleepers.enumerated().map { [.wait($0.offset)] + $0.element }
    return WaitQueueLab.Scene([first + deed + [.untilQuiet, .makeReady, .wakeUpAll]] + others, woken: phases)
  }

  /// A row a CPU, a row a handler.
  package static func picture(_ input: WaitQueueLab.Input) -> [Picture.Row] {
    let scene = input.scene
    let cpus = scene.cpus.enumerated().map { Picture.Row("CPU \($0.offset)", words($0.element)) }
    return cpus + scene.handlers.map { Picture.Row("handler", words($0)) }
      + [Picture.Row("memory", input.plan.model.name)]
  }

  private static func words(_ steps: [WaitQueueLab.Step]) -> String { steps.map(\.word).joined(separator: ", ") }

  /// Fewer waiters, where no step depends on another's.
  package static func shrinks(_ input: WaitQueueLab.Input) -> [WaitQueueLab.Input] {
    let scene = input.scene
    let steps = (scene.cpus + scene.handlers).joined()
    guard scene.woken == nil, steps.allSatisfy(\.standsAlone) else { return [] }
    let hasWaker = { (cpu: [WaitQueueLab.Step]) in cpu.contains(.makeReady) }
    return scene.cpus.indices.compactMap { left in
      guard scene.cpus.count > 1, !hasWaker(scene.cpus[left]), scene.handlers.isEmpty else { return nil }
      var simpler = input
      simpler.scene.cpus.remove(at: left)
      return simpler
    }
  }
}

extension WaitQueueLab.Step {
  fileprivate var word: String {
    switch self {
    case .waitUntilReady(let exclusive): exclusive ? "wait until ready, exclusively" : "wait until ready"
    case .makeReady: "make it ready"
    case .prepareToWait(let exclusive): exclusive ? "prepareToWait exclusively" : "prepareToWait"
    case .finishWait: "finishWait"
    case .wakeUp: "wakeUp"
    case .wakeUpAll: "wakeUpAll"
    case .wakeUpAllIfActive: "wakeUpAll if active"
    case .park: "park"
    case .wake(let cpu): "wake CPU \(cpu)"
    case .isActive: "isActive"
    case .untilQuiet: "wait for quiet"
    case .signal(let number): "say \(number)"
    case .wait(let number): "await \(number)"
    case .irqSave: "irqSave"
    case .irqRestore: "irqRestore"
    case .enter: "enter"
    case .leave: "leave"
    }
  }

  /// Whether the step means the same when a waiter is left out.
  fileprivate var standsAlone: Bool {
    switch self {
    case .waitUntilReady, .makeReady, .wakeUp, .wakeUpAll, .wakeUpAllIfActive, .irqSave, .irqRestore: true
    case .prepareToWait, .finishWait, .park, .wake, .isActive, .untilQuiet, .signal, .wait, .enter, .leave: false
    }
  }
}
