import Judging
import LabHarness
import LabKernel

extension RtMutexLab: SimplerCases {
  /// Returns rounder priorities.
  package static func simplerSetups(than priorities: [Int]) -> [[Int]] {
    priorities.simplifyingEach { priority in [10, 20, 30, 40, 50].filter { $0 < priority } }
  }

  /// Returns inputs with fewer tasks and mutexes.
  package static func renamed(_ input: Input) -> [Input] { withoutIdleTasks(input) + withoutUnusedMutexes(input) }

  /// Returns the input without a task that does nothing; the tasks after it move up.
  private static func withoutIdleTasks(_ input: Input) -> [Input] {
    input.priorities.indices.filter { task in input.calls.allSatisfy { $0.task != task } }.map { task in
      var priorities = input.priorities
      priorities.remove(at: task)
      return Input(priorities, input.calls.map { Step($0.task > task ? $0.task - 1 : $0.task, $0.operation) })
    }
  }

  /// Returns the input with the numbers of all mutexes after an unused one lowered.
  private static func withoutUnusedMutexes(_ input: Input) -> [Input] {
    let used = Set(input.calls.compactMap(\.operation.mutex))
    return (0..<(used.max() ?? 0)).filter { !used.contains($0) }.map { unused in
      let steps = input.calls.map { Step($0.task, $0.operation.naming { $0 > unused ? $0 - 1 : $0 }) }
      return Input(input.priorities, steps)
    }
  }
}
