import LabHarness
import LabKernel

/// The parts of scenes of the RCU lab, and scenes that are drawn with a seed.
package enum RCUDraw {
  /// The number of CPUs among which the roles are dealt out; a CPU without a role does nothing.
  package static let cpus = 5

  /// A section that ends when another CPU has begun one; it signals that it has begun.
  package static let holder: [RCULab.Act] = [.enter, .signal(0), .wait(1), .leave]
  /// Waits for a grace period while another CPU is in a section, and signals that it is over.
  package static let waiter: [RCULab.Act] = [.wait(0), .synchronize, .signal(2)]
  /// The same with a callback.
  package static let barrierWaiter: [RCULab.Act] = [.wait(0), .call(1), .barrier, .signal(2)]
  /// A section that begins while an updater waits for a holder, and checks whether the grace period is over already.
  package static let late: [RCULab.Act] = [.wait(0), .untilQuiet, .enter, .signal(1), .looks(2), .leave]
  /// The same, with an inner section that ends before it checks.
  package static let lateNested: [RCULab.Act] = [
    .wait(0), .untilQuiet, .enter, .enter, .leave, .signal(1), .looks(2), .leave,
  ]
  /// Three sections, each of which ends only when no other CPU can go on; in the third the grace period must be over.
  ///
  /// An updater that waits in two steps may wait for the second section, too. An updater that still waits in the third
  /// waits for as long as new sections begin.
  package static let comeAgain: [RCULab.Act] = [
    .enter, .signal(0), .untilQuiet, .leave, .enter, .untilQuiet, .leave, .enter, .untilQuiet, .finds(2), .leave,
  ]

  /// A section in which no pointer is followed; the grace period of a waiter must not end in it.
  package static let idle: [RCULab.Act] = [.enter, .signal(0), .untilQuiet, .findsNot(2), .leave]

  /// Returns the same scene with the roles on other CPUs: CPU `roles[n]` does what CPU n did.
  package static func placed(_ scene: RCULab.Scene, on roles: [Int]) -> RCULab.Scene {
    var placed = RCULab.Scene(Array(repeating: [], count: cpus))
    for (cpu, role) in roles.enumerated() { placed.cpus[role] = scene.cpus[cpu] }
    return placed
  }

  /// Returns the scenes, each with its roles on CPUs that are drawn.
  package static func placed(_ scenes: [RCULab.Scene], seed: UInt64) -> [RCULab.Scene] {
    var random = RandomSource(seed: seed)
    return scenes.map { scene in
      placed(scene, on: Array(random.shuffled(Array(0..<cpus)).prefix(scene.cpus.count)))
    }
  }

  /// Draws callbacks that are asked for, some of them by callbacks, and barriers between them, on one CPU.
  package static func callbacks(seed: UInt64) -> RCULab.Scene {
    var random = RandomSource(seed: seed)
    var acts: [RCULab.Act] = []
    for _ in 0..<random.draw(2...4) {
      for _ in 0..<random.draw(1...3) { acts.append(.call(random.draw(1...3))) }
      acts.append(.barrier)
    }
    return placed([.init([acts + [.barrier, .barrier]])], seed: random.next())[0]
  }
}
