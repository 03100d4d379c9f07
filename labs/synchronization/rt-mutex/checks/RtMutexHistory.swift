import LabHarness
import LabKernel

/// How each task that waits came to the priority that it has, by the right answers: it decides the order of equals.
struct RtMutexHistory {
  /// What put a task where it stands among its equals.
  enum Cause {
    /// It began to wait.
    case began
    /// It got more urgent.
    case raised
    /// It got less urgent.
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

  /// Takes the right reply to a step for what has happened.
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

  /// The rule that is broken when the second of two tasks that wait is handed the mutex in place of the first.
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
