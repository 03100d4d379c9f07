import Judging
import LabHarness
import LabKernel
import Reference
import SchedulingChecks

/// The hidden checks of the realtime lab.
///
/// The rules leave no choice, so a schedule is right exactly if it is the reference's. Each check tests its rules in
/// scenes that are swept through, tick by tick, and then in all the places that `RealtimePlaces` knows.
package enum RealtimeSuite {
  /// All of them, from the plain to the subtle.
  package static let suite = RealtimeChecks.suite(
    .hidden, shrinks: { $0.simpler },
    [
      allLevels, wokenLast, takesOver, preemptedFirst, yields, turns, fifoBesideRoundRobin, sliceKept, sliceAlone,
      priorityChange, twoCPUs, mixedWorkload,
    ])

  static func check(
    _ id: String, _ title: String, cases: @escaping @Sendable (inout RandomSource) -> [RealtimeLab.Input]
  ) -> Check<RealtimeLab> {
    Check(
      id: id, title: title, drawing: cases,
      judge: { input, output in
        let right = RealtimeLab.run(Reference.realtime, on: input, calls: SilentCallLog())
        return RealtimeJudge.judge(input, output, expected: right.timelines)
      })
  }
}
