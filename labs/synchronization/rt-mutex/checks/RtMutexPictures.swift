import Judging
import LabHarness
import LabKernel

/// The width of the column of one task.
private let taskWidth = 4

extension RtMutexLab.Input {
  /// The input as rows: the tasks, and what they do, in order.
  package var picture: [Picture.Row] {
    let tasks = priorities.enumerated().map { task, priority in
      "\(TaskLetter.of(task)) at \(priority)"
    }
    return Picture.rows("tasks", tasks) + Picture.rows("steps", calls.indices.map(words))
  }

  /// Returns a step in few words: `A locks m0`.
  package func words(_ index: Int) -> String {
    let task = TaskLetter.of(calls[index].task)
    return switch calls[index].operation {
    case .lock(let mutex): "\(task) locks m\(mutex)"
    case .unlock(let mutex): "\(task) unlocks m\(mutex)"
    case .giveUp: "\(task) gives up"
    case .setPriority(let priority): "\(task) is set to \(priority)"
    }
  }
}

extension RtMutexLab {
  /// Returns a priority in words: on the user's scale, or, if that has no such number, on the kernel's.
  package static func words(_ priority: Int) -> String {
    priority < 0 ? "\(priority.magnitude) on the kernel's scale" : String(priority)
  }
}

extension RtMutexLab.Answer {
  /// The answer in few words.
  package var words: String {
    switch self {
    case .acquired: "it acquires it"
    case .waits: "it waits"
    case .handed(let task):
      task < 0 ? "handed to an unknown task" : "handed to \(TaskLetter.of(task))"
    case .done: "done"
    case .refused(let error): "\(error)"
    case .skipped: "no call"
    }
  }
}

extension Picture {
  /// Draws the priorities of all tasks after a step, expected above actual, with a mark at one task.
  package static func priorities(_ expected: [Int], _ actual: [Int], markedAt task: Int, after step: String) -> Picture
  {
    let letters = expected.indices.map { String(TaskLetter.of($0)) }
    let rows = [
      Row("after", step), Row("", cells(letters)), Row("expected", cells(expected.map(short))),
      Row("actual", cells(actual.map(short))),
    ]
    return Picture(rows, mark: Mark(column: task * taskWidth, note: "priority of \(TaskLetter.of(task))"))
  }

  /// Returns a priority in three columns: `k99` for 99 on the kernel's scale.
  private static func short(_ priority: Int) -> String { priority < 0 ? "k\(priority.magnitude)" : String(priority) }

  private static func cells(_ texts: [String]) -> String {
    let last = texts.count - 1
    return texts.enumerated().map { index, text in
      index == last ? text : text + String(repeating: " ", count: max(1, taskWidth - text.count))
    }.joined()
  }
}
