import LabHarness
import LabKernel

/// What each task owns and waits for, according to the answers so far.
package struct RtMutexSituation: Sendable {
  /// The owner of each mutex; -1 for none.
  package private(set) var owners: [Int]
  /// The mutex that each task waits for.
  package private(set) var awaited: [Int?]
  /// The normal priority of each task.
  package private(set) var normal: [Int]

  /// The situation before the first step.
  package init(_ input: RtMutexLab.Input) {
    owners = Array(repeating: -1, count: input.mutexCount)
    awaited = input.priorities.map { _ in nil }
    normal = input.priorities
  }

  /// Follows an answer, right or wrong.
  package mutating func follow(_ step: RtMutexLab.Step, _ answer: RtMutexLab.Answer) {
    switch (step.operation, answer) {
    case (.lock(let mutex), .acquired): owners[mutex] = step.task
    case (.lock(let mutex), .waits): awaited[step.task] = mutex
    case (.unlock(let mutex), .done): owners[mutex] = -1
    case (.unlock(let mutex), .handed(let next)):
      owners[mutex] = next
      if awaited.indices.contains(next) { awaited[next] = nil }
    case (.giveUp, .done): awaited[step.task] = nil
    case (.setPriority(let priority), .done): normal[step.task] = priority
    case (_, _): break
    }
  }

  /// Returns the mutex that a task waits for, with its owner.
  package func next(after task: Int) -> (mutex: Int, owner: Int)? {
    guard awaited.indices.contains(task), let mutex = awaited[task] else { return nil }
    return (mutex, owners[mutex])
  }
}
