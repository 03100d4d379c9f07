import LabHarness
import LabKernel

/// Scenes of the seqlock lab that are drawn with a seed: other CPUs in the roles, other numbers.
package enum SeqlockDraw {
  /// The number of CPUs among which the roles are dealt out; a CPU without a role does nothing.
  package static let cpus = 4

  /// Returns the same scene with the roles on other CPUs: CPU `roles[n]` does what CPU n did.
  package static func placed(_ scene: SeqlockLab.Scene, on roles: [Int]) -> SeqlockLab.Scene {
    let idle = Array(repeating: [SeqlockLab.Act](), count: cpus)
    var placed = SeqlockLab.Scene(idle, isWatched: scene.isWatched)
    for (cpu, role) in roles.enumerated() { placed.cpus[role] = scene.cpus[cpu] }
    placed.interrupts = scene.interrupts.map { interrupt in
      var interrupt = interrupt
      interrupt.cpu = roles[interrupt.cpu]
      return interrupt
    }
    return placed
  }

  /// Returns the scenes, each with its roles on CPUs that are drawn.
  package static func placed(_ scenes: [SeqlockLab.Scene], seed: UInt64) -> [SeqlockLab.Scene] {
    var random = RandomSource(seed: seed)
    return scenes.map { scene in
      placed(scene, on: Array(random.shuffled(Array(0..<cpus)).prefix(scene.cpus.count)))
    }
  }

  /// Draws read sections that no write overlaps: after some writes and before others.
  package static func undisturbed(seed: UInt64) -> SeqlockLab.Scene {
    var random = RandomSource(seed: seed)
    let writes = Array(repeating: SeqlockLab.Act.write, count: random.draw(1...3))
    let later: [SeqlockLab.Act] = [.acquire(1), .write]
    let readings = Array(repeating: SeqlockLab.Act.read, count: random.draw(1...3))
    return placed(
      [.init([writes + [.release(0)] + later, [.acquire(0)] + readings + [.release(1)]])], seed: random.next())[0]
  }

  /// Draws a CPU that reads, and a CPU that writes once or twice.
  package static func readerAndWriter(seed: UInt64) -> SeqlockLab.Scene {
    var random = RandomSource(seed: seed)
    let writes = Array(repeating: SeqlockLab.Act.write, count: random.draw(1...2))
    return placed([.init([[writes.count == 1 ? .read : .readOnce], writes])], seed: random.next())[0]
  }

  /// Draws read sections, each of which is overtaken by some writes of each of some CPUs.
  package static func overtaken(seed: UInt64, writers: Int) -> SeqlockLab.Scene {
    var random = RandomSource(seed: seed)
    let counts = (0..<random.draw(2...4)).map { _ in random.draw(1...5) }
    let overtakers = Array(repeating: [SeqlockLab.Act.overtakes(counts)], count: writers)
    return placed([.init([[.overtaken(counts), .read]] + overtakers)], seed: random.next())[0]
  }
}
