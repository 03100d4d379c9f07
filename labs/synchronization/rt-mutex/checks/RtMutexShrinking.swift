import Judging
import LabHarness
import LabKernel

/// What every suite of the rt-mutex lab shares: how inputs are made simpler.
package enum RtMutexShrinking {
  /// Fewer steps first, then fewer tasks and mutexes, then rounder priorities.
  package static func shrinks(_ input: RtMutexLab.Input) -> [RtMutexLab.Input] {
    let bySteps = input.calls.withoutRuns().map { RtMutexLab.Input(input.priorities, $0) }
    let byPriorities = input.priorities.simplifyingEach { priority in [10, 20, 30, 40, 50].filter { $0 < priority } }
    return bySteps + withoutIdleTasks(input) + withoutUnusedMutexes(input)
      + byPriorities.map { RtMutexLab.Input($0, input.calls) }
  }

  /// The input without a task that does nothing; those behind it move up.
  private static func withoutIdleTasks(_ input: RtMutexLab.Input) -> [RtMutexLab.Input] {
    input.priorities.indices.filter { task in input.calls.allSatisfy { $0.task != task } }.map { task in
      var priorities = input.priorities
      priorities.remove(at: task)
      let steps = input.calls.map { RtMutexLab.Step($0.task > task ? $0.task - 1 : $0.task, $0.operation) }
      return RtMutexLab.Input(priorities, steps)
    }
  }

  /// The input with the numbers of all mutexes behind an unused one lowered.
  private static func withoutUnusedMutexes(_ input: RtMutexLab.Input) -> [RtMutexLab.Input] {
    let used = Set(input.calls.compactMap(\.operation.mutex))
    return (0..<(used.max() ?? 0)).filter { !used.contains($0) }.map { unused in
      let steps = input.calls.map { step in
        RtMutexLab.Step(step.task, step.operation.naming { $0 > unused ? $0 - 1 : $0 })
      }
      return RtMutexLab.Input(input.priorities, steps)
    }
  }
}
