import Judging
import LabHarness
import LabKernel
import Reference
import SynchronizationChecks

/// The hidden checks of the rt-mutex lab.
///
/// The rules leave no choice, so the result of a step is right exactly if it is the reference's. Each check tests its
/// rules in scenes that are written here, in all the places that `RtMutexPlaces` knows, and in drawn cases.
package enum RtMutexSuite {
  /// All of them, from the plain to the subtle.
  package static let suite = RtMutexChecks.suite(
    .hidden, shrinks: { RtMutexLab.simplerCases(than: $0) },
    [
      ownership, inheritance, handOver, anyOrder, longChains, movedUp, movedDown, samePriority, newOwner, timeOut,
      deadlock, afterRefusal, ownerChanged, waiterChanged, ordinaryTasks, mixedWorkload,
    ])

  static func check(
    _ id: String, _ title: String, cases: @escaping @Sendable (inout RandomSource) -> [RtMutexLab.Input]
  ) -> Check<RtMutexLab> {
    Check(
      id: id, title: title, drawing: cases,
      judge: { input, output in
        let right = RtMutexLab.run(Reference.rtMutex, on: input, calls: SilentCallLog())
        return RtMutexJudge.judge(input, output, expected: right)
      })
  }

  static func script(
    _ priorities: [Int], mutexes: Int, _ write: (inout RtMutexScript) -> Void
  ) -> RtMutexLab.Input {
    var script = RtMutexScript(priorities, mutexes: mutexes)
    write(&script)
    return script.input
  }

  /// Draws cases: this many tasks with priorities of the palette, and what they do with the mutexes.
  static func drawn(
    _ count: Int, tasks: Int, mutexes: Int, steps: Int, _ mix: RtMutexScript.Mix, palette: [Int],
    _ chance: inout RandomSource
  ) -> [RtMutexLab.Input] {
    (0..<count).map { _ in
      let priorities = (0..<tasks).map { _ in chance.pick(palette) }
      return script(priorities, mutexes: mutexes) { $0.draw(steps, mix, palette: palette, &chance) }
    }
  }

  static let mixedWorkload = check("mixed-workload", "every rule holds at once") { random in
    let mix = RtMutexScript.Mix(locks: 8, unlocks: 4, timeOuts: 1, changes: 1, rings: 1)
    return drawn(60, tasks: 6, mutexes: 4, steps: 30, mix, palette: [0, 10, 20, 20, 30, 40], &random)
      + drawn(20, tasks: 12, mutexes: 8, steps: 60, mix, palette: [10, 20, 30, 40, 50, 60, 70], &random)
      + drawn(3, tasks: 24, mutexes: 20, steps: 120, mix, palette: [0, 0, 1, 20, 30, 30, 98, 99], &random)
  }
}
