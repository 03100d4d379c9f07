import Interleave
import Judging
import LabHarness
import LabKernel

extension WaitQueueLab.Scene {
  /// The number of steps.
  package var size: Int { (cpus + handlers).joined().count }

  /// Returns the same scene with one more CPU.
  package func adding(_ steps: [WaitQueueLab.Step]) -> WaitQueueLab.Scene {
    var scene = self
    scene.cpus.append(steps)
    return scene
  }

  /// Returns the same scene with other CPUs in the roles: CPU `roles[n]` does what CPU n did.
  package func withRoles(_ roles: [Int]) -> WaitQueueLab.Scene {
    var scene = self
    for (cpu, role) in roles.enumerated() {
      scene.cpus[role] = cpus[cpu].map { step in
        guard case .wake(let other) = step else { return step }
        return .wake(roles[other])
      }
    }
    scene.woken = woken.map { phases in phases.map { phase in phase.map { roles[$0] }.sorted() } }
    scene.interrupted = roles[interrupted]
    return scene
  }
}

/// What every suite of the lab shares: how scenes are made, drawn and made simpler.
package enum WaitQueueScenes {
  /// Falls asleep, and does nothing more when it is woken.
  package static func once(exclusive: Bool) -> [WaitQueueLab.Step] { [.prepareToWait(exclusive: exclusive), .park] }

  /// Falls asleep twice, first in one way and then in another, and does nothing more when it is woken for the second
  /// time.
  package static func twice(_ first: Bool, _ second: Bool) -> [WaitQueueLab.Step] {
    once(exclusive: first) + once(exclusive: second)
  }

  /// CPU 0 is on the queue and awake, CPU 1 behind it asleep.
  package static let awakeInLine = WaitQueueLab.Scene(
    [
      [
        .prepareToWait(exclusive: true), .signal(0), .untilQuiet, .wake(0), .makeReady, .wakeUp, .untilQuiet,
        .finishWait, .wakeUpAll,
      ],
      [.wait(0), .waitUntilReady(exclusive: true)],
    ], woken: [[], [1], []])

  /// Every call of the queue by one CPU, with the queue empty or not, and with itself woken or not.
  package static let everyCall: [WaitQueueLab.Step] = [
    .isActive(false), .wakeUp, .wakeUpAll, .finishWait, .prepareToWait(exclusive: false), .isActive(true),
    .prepareToWait(exclusive: true), .finishWait, .prepareToWait(exclusive: true), .wakeUp, .finishWait,
    .prepareToWait(exclusive: false), .wakeUpAll, .finishWait, .wakeUp,
  ]

  /// The number of scenes that a seed draws for a check.
  private static let drawnScenes = 2

  /// Returns some of the scenes with other CPUs in their roles.
  package static func drawn(from scenes: [WaitQueueLab.Scene], seed: UInt64) -> [WaitQueueLab.Scene] {
    var random = RandomSource(seed: seed)
    let several = scenes.filter { $0.cpus.count > 1 }
    return random.shuffled(several).prefix(drawnScenes).map { scene in
      scene.withRoles(random.shuffled(Array(scene.cpus.indices)))
    }
  }

  /// Finds a CPU that does nothing but ask `isActive`, but stores something or waits for another CPU.
  package static func looksOnly(_ scene: WaitQueueLab.Scene, _ unfolding: Unfolding) -> String? {
    for (cpu, steps) in scene.cpus.enumerated() where steps.allSatisfy(\.onlyLooks) {
      if let written = unfolding.atomicsWritten(by: cpu).first {
        return "isActive stores to \(written), but it must store nothing"
      }
    }
    return unfolding.wait(inCalls: "isActive")
  }

  /// CPU 0 lets the others fall asleep one after the other, does something, and at last wakes those that are left.
  ///
  /// - Parameters:
  ///   - sleepers: what CPU 1, CPU 2 and so on do to fall asleep, in the order in which they come.
  ///   - deed: what CPU 0 does when all sleep.
  ///   - woken: the CPUs that must wake up from that, up to the first silence in it.
  ///   - later: the CPUs that must wake up after each silence in it.
  ///   - left: the CPUs that must wake up only at the end.
  package static func asleep(
    _ sleepers: [[WaitQueueLab.Step]], _ deed: [WaitQueueLab.Step], woken: [Int], thenWoken later: [[Int]] = [],
    left: [Int]
  ) -> WaitQueueLab.Scene {
    var first: [WaitQueueLab.Step] = []
    var phases: [[Int]] = [[]]
    for index in sleepers.indices {
      first += [.signal(index), .untilQuiet]
      phases.append([])
    }
    phases[phases.count - 1] = woken
    phases += later + [left]
    let others = sleepers.enumerated().map { [.wait($0.offset)] + $0.element }
    return WaitQueueLab.Scene([first + deed + [.untilQuiet, .makeReady, .wakeUpAll]] + others, woken: phases)
  }

  /// Draws one row per CPU, and one row per handler.
  package static func picture(_ input: WaitQueueLab.Input) -> [Picture.Row] {
    let scene = input.scene
    let cpus = scene.cpus.enumerated().map { Picture.Row("CPU \($0.offset)", words($0.element)) }
    return cpus + scene.handlers.map { Picture.Row("interrupt", "on CPU \(scene.interrupted): " + words($0)) }
      + [Picture.Row("memory", input.plan.model.name)]
  }

  private static func words(_ steps: [WaitQueueLab.Step]) -> String { steps.map(\.word).joined(separator: ", ") }

  /// Returns scenes with fewer waiters, if no step depends on another's.
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

  /// Whether the step stores nothing, because it asks and does not change the queue.
  fileprivate var onlyLooks: Bool {
    switch self {
    case .isActive, .wait: true
    case .waitUntilReady, .makeReady, .prepareToWait, .finishWait, .wakeUp, .wakeUpAll, .wakeUpAllIfActive, .park,
      .wake,
      .untilQuiet, .signal, .irqSave, .irqRestore, .enter, .leave:
      false
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
