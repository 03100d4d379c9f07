import Interleave
import Judging
import LabHarness
import LabKernel

extension [TicketLockLab.Step] {
  /// Returns this many rounds: acquire the lock and release it.
  package static func rounds(_ count: Int) -> [TicketLockLab.Step] {
    Array(repeatElement([.lock, .unlock], count: count).joined())
  }
}

extension TicketLockLab.Scene {
  /// The number of steps.
  package var size: Int { (cpus + handlers).joined().count }

  /// Returns the same scene with other CPUs in the roles: CPU `roles[n]` does what CPU n did.
  package func withRoles(_ roles: [Int]) -> TicketLockLab.Scene {
    var scene = self
    for (cpu, role) in roles.enumerated() { scene.cpus[role] = cpus[cpu] }
    scene.order = order.map { roles[$0] }
    scene.interrupted = roles[interrupted]
    return scene
  }
}

/// What every suite of the lab shares: how scenes are drawn and made simpler.
package enum TicketLockScenes {
  /// The holder releases the lock and tries to acquire it again, while CPU 1 waits.
  package static let returnsAndTries = TicketLockLab.Scene(
    [
      [.lock, .signal(0), .untilQuiet, .unlock, .tryLock(.refused), .unlock, .signal(1)],
      [.wait(0), .lock, .wait(1), .unlock],
    ], order: [0, 1])

  /// CPU 1 waits, and a handler on it tries to acquire the lock.
  package static let handlerTriesInLine = TicketLockLab.Scene(
    [[.lock, .signal(0), .untilQuiet, .signal(1), .unlock], [.wait(0), .lock, .unlock]],
    handlers: [[.wait(1), .tryLock(.any), .unlock]], interrupted: 1, protected: .presence, noTryPasses: true)

  /// The number of scenes that a seed draws for a check.
  private static let drawnScenes = 2

  /// Returns some of the scenes with other CPUs in their roles.
  package static func drawn(from scenes: [TicketLockLab.Scene], seed: UInt64) -> [TicketLockLab.Scene] {
    var random = RandomSource(seed: seed)
    let several = scenes.filter { $0.cpus.count > 1 }
    return random.shuffled(several).prefix(drawnScenes).map { scene in
      scene.withRoles(random.shuffled(Array(scene.cpus.indices)))
    }
  }

  /// Finds a `tryLock()` that waits in some execution.
  package static func tryLockNeverWaits(_ scene: TicketLockLab.Scene, _ unfolding: Unfolding) -> String? {
    unfolding.wait(inCalls: "tryLock()")
  }

  /// Draws one row per CPU, and one row per handler.
  package static func picture(_ input: TicketLockLab.Input) -> [Picture.Row] {
    let scene = input.scene
    let cpus = scene.cpus.enumerated().map { Picture.Row("CPU \($0.offset)", words($0.element)) }
    return cpus + scene.handlers.map { Picture.Row("interrupt", "on CPU \(scene.interrupted): " + words($0)) }
      + [Picture.Row("memory", input.plan.model.name)]
  }

  private static func words(_ steps: [TicketLockLab.Step]) -> String {
    steps.map(\.word).joined(separator: ", ")
  }

  /// Returns scenes with fewer CPUs, no handlers, or fewer rounds; only of scenes in which no step depends on
  /// another's.
  package static func shrinks(_ input: TicketLockLab.Input) -> [TicketLockLab.Input] {
    let scene = input.scene
    guard scene.order.isEmpty, !(scene.cpus + scene.handlers).joined().contains(where: \.dependsOnOthers) else {
      return []
    }
    let fewerCPUs = scene.cpus.withoutRuns().filter { !$0.isEmpty }
    let fewerRounds = scene.cpus.simplifyingEach {
      $0.count > 2 ? [Array($0.dropLast(2)), Array($0.dropFirst(2))] : []
    }
    let simplerCPUs = (fewerCPUs + fewerRounds).map { cpus in
      var simpler = input
      simpler.scene.cpus = cpus
      return simpler
    }
    let fewerHandlers = scene.handlers.withoutRuns().map { handlers in
      var simpler = input
      simpler.scene.handlers = handlers
      return simpler
    }
    return simplerCPUs + fewerHandlers
  }

  /// Finds a CPU that is never the first to acquire the lock, over all interleavings, if the scene leaves that open.
  package static func everyoneMayBeFirst(_ scene: TicketLockLab.Scene, _ unfolding: Unfolding) -> String? {
    if scene.cpus.joined().contains(where: \.dependsOnOthers) { return nil }
    var missing = Set(scene.cpus.indices)
    let isEveryoneFirst = someExecution(of: unfolding) { outcome in
      if let entry = TicketLockLab.firstEntry(in: outcome) { missing.remove(entry) }
      return missing.isEmpty
    }
    guard isEveryoneFirst == false, let never = missing.min() else { return nil }
    return "however the CPUs run, CPU \(never) is never the first to acquire the lock"
  }
}

extension TicketLockLab.Step {
  fileprivate var word: String {
    switch self {
    case .lock: "lock"
    case .tryLock: "tryLock"
    case .unlock: "unlock"
    case .untilQuiet: "wait for quiet"
    case .signal(let number): "say \(number)"
    case .wait(let number): "await \(number)"
    case .irqSave: "irqSave"
    case .irqRestore: "irqRestore"
    }
  }

  /// Whether the scene may stop making sense when other steps are left out.
  fileprivate var dependsOnOthers: Bool {
    switch self {
    case .lock, .unlock, .irqSave, .irqRestore: false
    case .tryLock, .untilQuiet, .signal, .wait: true
    }
  }
}
