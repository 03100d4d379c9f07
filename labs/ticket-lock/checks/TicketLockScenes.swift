import Interleave
import Judging
import LabKernel

extension [TicketLockLab.Step] {
  /// So many times: take the lock and give it back.
  package static func rounds(_ count: Int) -> [TicketLockLab.Step] {
    Array(repeatElement([.lock, .unlock], count: count).joined())
  }
}

extension TicketLockLab.Scene {
  /// How many steps there are.
  package var size: Int { (cpus + handlers).joined().count }
}

/// What every suite of the lab shares: how scenes are drawn and made simpler.
package enum TicketLockScenes {
  /// A row a CPU, a row a handler.
  package static func picture(_ input: TicketLockLab.Input) -> [Picture.Row] {
    let scene = input.scene
    let cpus = scene.cpus.enumerated().map { Picture.Row("CPU \($0.offset)", words($0.element)) }
    return cpus + scene.handlers.map { Picture.Row("handler", words($0)) }
      + [Picture.Row("memory", input.plan.model.name)]
  }

  private static func words(_ steps: [TicketLockLab.Step]) -> String {
    steps.map(\.word).joined(separator: ", ")
  }

  /// Fewer CPUs, no handlers, fewer rounds; only of scenes in which no step depends on another's.
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

  /// Over all interleavings, every CPU is the first to come in at least once.
  package static func everyoneMayBeFirst(_ scene: TicketLockLab.Scene, _ unfolding: Unfolding) -> String? {
    var missing = Set(scene.cpus.indices)
    let isEveryoneFirst = someExecution(of: unfolding) { outcome in
      if let entry = TicketLockLab.firstEntry(in: outcome) { missing.remove(entry) }
      return missing.isEmpty
    }
    guard isEveryoneFirst == false, let never = missing.min() else { return nil }
    return "however the CPUs run, CPU \(never) is never the first to get the lock"
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
