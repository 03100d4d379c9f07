import LabHarness
import LabKernel

/// How each waiting task came to its priority, according to the right answers: this decides the order of equals.
struct RtMutexHistory {
  /// What gave a task its place among its equals.
  enum Cause {
    /// It began to wait.
    case began
    /// It became more urgent.
    case raised
    /// It became less urgent.
    case lowered
  }

  private struct Standing {
    var priority: Int
    var cause: Cause
    var step: Int
    /// The last step that named it and left its priority as it was.
    var untouched: Int?
  }

  private var standings: [Int: Standing] = [:]

  /// Follows the right reply to a step.
  mutating func follow(
    _ index: Int, _ step: RtMutexLab.Step, _ reply: RtMutexLab.Reply, _ situation: RtMutexSituation
  ) {
    for task in reply.priorities.indices {
      guard situation.awaited[task] != nil else {
        standings[task] = nil
        continue
      }
      let priority = reply.priorities[task]
      guard let old = standings[task] else {
        standings[task] = Standing(priority: priority, cause: .began, step: index)
        continue
      }
      if priority == old.priority {
        standings[task]?.untouched = index
      } else {
        standings[task] = Standing(priority: priority, cause: priority > old.priority ? .raised : .lowered, step: index)
      }
    }
  }

  /// Returns the rule that is broken when a mutex is handed to the second of two waiting tasks instead of the first.
  func rule(_ right: Int, _ given: Int) -> String? {
    guard let right = standings[right], let given = standings[given] else { return "gives-up" }
    if right.priority != given.priority {
      if right.cause == .raised, right.step > given.step { return "moved-up" }
      return given.cause == .lowered ? "moved-down" : "order"
    }
    switch given.cause {
    case .raised: return "moved-up"
    case .lowered: return "moved-down"
    case .began: return (right.untouched ?? -1) > given.step ? "keeps-place" : "equals"
    }
  }
}
