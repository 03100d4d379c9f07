package import LabHarness

extension Suite where L: KernelLab {
  /// Creates a suite for a lab on a whole kernel: the size of a case is the total number of its tasks' steps.
  ///
  /// - Parameter shrinks: simpler cases to try instead of a failing one; none if a check knows only its own cases.
  package init(
    _ lab: L.Type, visibility: Visibility,
    shrinks: @escaping @Sendable (Workload) -> [Workload] = { $0.simpler }, checks: [Check<L>]
  ) {
    self.init(
      lab, visibility: visibility, unit: "steps", shrinks: shrinks, show: { $0.picture },
      size: { $0.tasks.reduce(0) { $0 + $1.steps.count } }, checks: checks)
  }
}

extension Workload {
  /// Simpler workloads to try instead of this one: fewer tasks first, then fewer steps, less time, one CPU and lower
  /// priorities.
  package var simpler: [Workload] {
    let simplerTasks = tasks.withoutRuns() + tasks.simplifyingEach(\.simpler)
    return simplerTasks.map { Workload(cpus: cpus, slice: slice, $0) }
      + slice.smaller(downTo: 1).map { Workload(cpus: cpus, slice: $0, tasks) }
      + cpus.smaller(downTo: 1).map { Workload(cpus: $0, slice: slice, tasks) }
  }
}

extension Workload.Plan {
  fileprivate var simpler: [Workload.Plan] {
    let fewer = steps.withoutRuns().filter(Self.isVisible) + steps.simplifyingEach(\.simpler)
    let bySteps = fewer.map { Workload.Plan(start: start, policy: policy, priority: priority, steps: Self.joined($0)) }
    let byStart = start.smaller(downTo: 1).map {
      Workload.Plan(start: $0, policy: policy, priority: priority, steps: steps)
    }
    let byPriority = priority.smaller(downTo: 1).map {
      Workload.Plan(start: start, policy: policy, priority: $0, steps: steps)
    }
    return bySteps + byStart + byPriority
  }

  /// Whether a schedule shows a task with these steps: a task that never runs for a tick makes nothing simpler.
  private static func isVisible(_ steps: [Workload.Step]) -> Bool {
    if case .compute = steps.first { true } else { false }
  }

  /// Returns the same steps with consecutive computing steps joined into one.
  private static func joined(_ steps: [Workload.Step]) -> [Workload.Step] {
    steps.reduce(into: []) { joined, step in
      if case .compute(let more) = step, case .compute(let ticks) = joined.last {
        joined[joined.count - 1] = .compute(ticks + more)
      } else {
        joined.append(step)
      }
    }
  }
}

extension Workload.Step {
  fileprivate var simpler: [Workload.Step] {
    switch self {
    case .compute(let ticks): ticks.smaller(downTo: 1).map { .compute($0) }
    case .sleep(let ticks): ticks.smaller(downTo: 1).map { .sleep($0) }
    case .yield: []
    case .setScheduler(let policy, let priority):
      priority.smaller(downTo: 1).map { .setScheduler(policy, priority: $0) }
    }
  }
}
