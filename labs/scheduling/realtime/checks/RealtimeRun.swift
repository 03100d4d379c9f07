import LabHarness
import LabKernel

/// Whether a run of the tasks can have had a schedule and its events, whatever class made the choices.
///
/// A submission sends its answer from outside; an answer that no run can give was not made by a run.
struct RealtimeRun {
  private let input: RealtimeLab.Input
  private let output: RealtimeLab.Output

  /// Returns what no run can give, in a sentence; nil if everything is possible.
  static func impossibility(_ input: RealtimeLab.Input, _ output: RealtimeLab.Output) -> String? {
    let instants = 0...Workload.maximumTicks + 1
    guard instants.contains(output.ticks), output.events.allSatisfy({ instants.contains($0.time) }),
      output.timelines.allSatisfy({ $0.count <= Workload.maximumTicks + 1 })
    else { return "it has times that no run reaches" }
    let run = RealtimeRun(input: input, output: output)
    return input.tasks.indices.lazy.compactMap { run.impossibility(of: $0) }.first ?? run.wrongEnd
  }

  /// Returns the ticks in which a task ran, on whatever CPU.
  private func ticks(of task: Int) -> [Int] {
    let letter = TaskLetter.of(task)
    return output.timelines.flatMap { line in
      line.enumerated().filter { $0.element == letter }.map(\.offset)
    }.sorted()
  }

  /// Follows a task through its plan; returns what it cannot have done, or nil.
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
          return "\(name) does not take its next step at t=\(now)"
        }
        now = event.time
      }
    }
    return left.isEmpty && events.isEmpty ? nil : "\(name) goes on after its end"
  }

  private func ticks(_ count: Int) -> String { "\(count) \(count == 1 ? "tick" : "ticks")" }

  /// Says what is wrong with the end: a run ends with its last task, or at the tick that was due then.
  private var wrongEnd: String? {
    let lastTick = output.timelines.map(\.count).max() ?? 0
    let end = max(lastTick, output.events.map(\.time).max() ?? 0)
    return (end...end + 1).contains(output.ticks) ? nil : "it goes on after the end of the last task"
  }
}

extension RealtimeLab.Step {
  /// The event that shows it, for a step that takes no time.
  fileprivate var happening: Recording.Happening? {
    switch self {
    case .compute, .sleep: nil
    case .yield: .yielded
    case .setScheduler(let policy, let priority): .changed(policy, priority: priority)
    }
  }
}
