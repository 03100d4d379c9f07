import LabHarness
import LabKernel

/// Whether a schedule and the events beside it can have come from a run of the tasks, whatever class chose.
///
/// A submission sends its answer from outside; one that no run can give was not made by a run.
struct RealtimeRun {
  private let input: RealtimeLab.Input
  private let output: RealtimeLab.Output

  /// What no run can give, in a sentence; nil where all is possible.
  static func impossibility(_ input: RealtimeLab.Input, _ output: RealtimeLab.Output) -> String? {
    let instants = 0...Workload.maximumTicks + 1
    guard instants.contains(output.ticks), output.events.allSatisfy({ instants.contains($0.time) }),
      output.timelines.allSatisfy({ $0.count <= Workload.maximumTicks + 1 })
    else { return "it tells of instants that no run reaches" }
    let run = RealtimeRun(input: input, output: output)
    return input.tasks.indices.lazy.compactMap { run.impossibility(of: $0) }.first ?? run.wrongEnd
  }

  /// The ticks in which a task ran, on whatever CPU.
  private func ticks(of task: Int) -> [Int] {
    let letter = TaskLetter.of(task)
    return output.timelines.flatMap { line in
      line.enumerated().filter { $0.element == letter }.map(\.offset)
    }.sorted()
  }

  /// Follows a task through its plan, with what it did and when.
  private func impossibility(of task: Int) -> String? {
    let (name, plan) = (TaskLetter.of(task), input.tasks[task])
    var left = ticks(of: task)[...]
    var events = output.events.filter { $0.task == task }[...]
    if zip(left, left.dropFirst()).contains(where: { $0 == $1 }) { return "\(name) runs on two CPUs at once" }
    guard events.popFirst() == RealtimeLab.Event(time: plan.start, task: task, .becameRunnable) else {
      return "\(name) does not begin at t=\(plan.start)"
    }
    var now = plan.start
    for step in plan.steps {
      switch step {
      case .compute(let count):
        let run = left.prefix(count)
        left = left.dropFirst(count)
        guard run.count == count, run.allSatisfy({ $0 >= now }) else {
          return "\(name) does not run for \(ticks(count)) from t=\(now) on"
        }
        now = run.last.map { $0 + 1 } ?? now
      case .sleep(let count):
        guard let event = events.popFirst(), event.what == .becameRunnable, event.time >= now + count else {
          return "\(name) does not sleep for \(ticks(count)) from t=\(now) on"
        }
        now = event.time
      case .yield, .setScheduler:
        guard let event = events.popFirst(), event.what == step.happening, event.time >= now else {
          return "\(name) does not do at t=\(now) what it does next"
        }
        now = event.time
      }
    }
    return left.isEmpty && events.isEmpty ? nil : "\(name) goes on after its end"
  }

  private func ticks(_ count: Int) -> String { "\(count) \(count == 1 ? "tick" : "ticks")" }

  /// A run is over when the last task is, or at the tick that was due then.
  private var wrongEnd: String? {
    let lastTick = output.timelines.map(\.count).max() ?? 0
    let end = max(lastTick, output.events.map(\.time).max() ?? 0)
    return (end...end + 1).contains(output.ticks) ? nil : "it goes on after the end of the last task"
  }
}

extension RealtimeLab.Step {
  /// What is seen of it, where it takes no time.
  fileprivate var happening: Recording.Happening? {
    switch self {
    case .compute, .sleep: nil
    case .yield: .yielded
    case .setScheduler(let policy, let priority): .changed(policy, priority: priority)
    }
  }
}
