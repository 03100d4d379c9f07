import LabHarness
import LabKernel

/// What scenes of the RCU lab are made of, and scenes that are drawn with a seed.
package enum RCUDraw {
  /// How many CPUs a machine has on which roles are dealt out; those that get none do nothing.
  package static let cpus = 5

  /// A section that ends when another CPU has come into one; it says that it has begun.
  package static let holder: [RCULab.Act] = [.enter, .signal(0), .wait(1), .leave]
  /// Waits for a grace period while a CPU holds a section, and says that it is over.
  package static let waiter: [RCULab.Act] = [.wait(0), .synchronize, .signal(2)]
  /// The same with a callback.
  package static let barrierWaiter: [RCULab.Act] = [.wait(0), .call(1), .barrier, .signal(2)]
  /// A section that begins when an updater waits for a holder, and looks whether the grace period is over already.
  package static let late: [RCULab.Act] = [.wait(0), .untilQuiet, .enter, .signal(1), .looks(2), .leave]
  /// The same, with a section within it that is over before it looks.
  package static let lateNested: [RCULab.Act] = [
    .wait(0), .untilQuiet, .enter, .enter, .leave, .signal(1), .looks(2), .leave,
  ]
  /// Three sections, each of which ends only when no other CPU can go on; in the third the grace period must be over.
  ///
  /// An updater that waits in two steps may wait for the second section, too. One that still waits in the third waits
  /// for as long as sections come.
  package static let comeAgain: [RCULab.Act] = [
    .enter, .signal(0), .untilQuiet, .leave, .enter, .untilQuiet, .leave, .enter, .untilQuiet, .finds(2), .leave,
  ]

  /// A section in which no pointer is followed; the grace period of a waiter must not be over in it.
  package static let idle: [RCULab.Act] = [.enter, .signal(0), .untilQuiet, .findsNot(2), .leave]

  /// The same scene with the roles on other CPUs: CPU `roles[n]` does what CPU n did.
  package static func placed(_ scene: RCULab.Scene, on roles: [Int]) -> RCULab.Scene {
    var placed = RCULab.Scene(Array(repeating: [], count: cpus))
    for (cpu, role) in roles.enumerated() { placed.cpus[role] = scene.cpus[cpu] }
    return placed
  }

  /// The scenes, each with its roles on CPUs that are drawn.
  package static func placed(_ scenes: [RCULab.Scene], seed: UInt64) -> [RCULab.Scene] {
    var random = RandomSource(seed: seed)
    return scenes.map { scene in
      placed(scene, on: Array(random.shuffled(Array(0..<cpus)).prefix(scene.cpus.count)))
    }
  }

  /// Callbacks that are asked for, some of them by callbacks, and barriers between them, on one CPU.
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
