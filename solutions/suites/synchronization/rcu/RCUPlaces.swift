import LabHarness
import LabKernel
import SynchronizationChecks

/// Every CPU in every role.
enum RCUPlaces {
  /// A section on one CPU, while another CPU begins and ends sections, before and while a third waits.
  static let others: [RCULab.Scene] = {
    var rounds: [(holder: Int, passer: Int, updater: Int)] = []
    for holder in 0..<RCUDraw.cpus {
      for passer in 0..<RCUDraw.cpus where passer != holder {
        for updater in 0..<RCUDraw.cpus where updater != holder && updater != passer {
          rounds.append((holder, passer, updater))
        }
      }
    }
    return scenes(rounds, perScene: 4) { script, round in
      script.enter(round.holder)
      script.run(round.passer, [.enter, .leave])
      script.wait(round.updater, round.passer < round.holder ? [.synchronize] : [.call(1), .barrier])
      script.run(round.passer, [.enter, .leave])
      script.leave(round.holder)
    }
  }()

  /// All other CPUs are in a section, and leave one after the other, beginning once at each CPU.
  static let all: [RCULab.Scene] = scenes(
    (0..<RCUDraw.cpus).flatMap { updater in (1..<RCUDraw.cpus).map { (updater, $0) } }, perScene: 2
  ) { script, round in
    let (updater, first) = round
    let readers = (1..<RCUDraw.cpus).map { (updater + $0) % RCUDraw.cpus }
    for reader in readers { script.enter(reader) }
    script.wait(updater, first.isMultiple(of: 2) ? [.synchronize] : [.call(1), .barrier])
    for number in readers.indices { script.leave(readers[(number + first) % readers.count]) }
  }

  /// Several CPUs wait at once, each for one section more than the one before, or one less.
  static let updaters: [RCULab.Scene] = scenes(Array(0..<RCUDraw.cpus), perScene: 1) { script, first in
    let cpus = (0..<RCUDraw.cpus).map { ($0 + first) % RCUDraw.cpus }
    script.enter(cpus[0])
    script.wait(cpus[1], [.synchronize])
    script.enter(cpus[2])
    script.wait(cpus[3], [.call(1), .barrier])
    script.leave(cpus[0])
    script.enter(cpus[0])
    script.wait(cpus[4], [.synchronize])
    script.leave(cpus[2])
    script.leave(cpus[0])
  }

  /// Makes scenes of this many rounds each.
  private static func scenes<Round>(
    _ rounds: [Round], perScene: Int, _ play: (inout RCUScript, Round) -> Void
  ) -> [RCULab.Scene] {
    stride(from: 0, to: rounds.count, by: perScene).map { first in
      var script = RCUScript(cpus: RCUDraw.cpus)
      for round in rounds[first..<min(first + perScene, rounds.count)] { play(&script, round) }
      script.finish()
      return script.scene
    }
  }
}
