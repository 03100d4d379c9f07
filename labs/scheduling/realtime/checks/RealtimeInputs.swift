import Judging
import LabHarness
import LabKernel

extension RealtimeLab.Plan {
  /// A SCHED_FIFO task.
  package static func fifo(_ priority: Int, at start: Int = 0, _ steps: RealtimeLab.Step...) -> RealtimeLab.Plan {
    RealtimeLab.Plan(start: start, policy: .fifo, priority: priority, steps: steps)
  }

  /// A SCHED_RR task.
  package static func rr(_ priority: Int, at start: Int = 0, _ steps: RealtimeLab.Step...) -> RealtimeLab.Plan {
    RealtimeLab.Plan(start: start, policy: .roundRobin, priority: priority, steps: steps)
  }

  /// An ordinary task.
  package static func ordinary(at start: Int = 0, _ steps: RealtimeLab.Step...) -> RealtimeLab.Plan {
    RealtimeLab.Plan(start: start, policy: .normal, priority: 0, steps: steps)
  }
}

/// What every suite of the realtime lab shares: how inputs are made simpler and measured.
package enum RealtimeShrinking {
  /// Fewer tasks first, then fewer steps, then less time, then one CPU, then lower priorities.
  package static func shrinks(_ input: RealtimeLab.Input) -> [RealtimeLab.Input] {
    let simplerTasks = input.tasks.withoutRuns() + input.tasks.simplifyingEach(simpler)
    return simplerTasks.map { RealtimeLab.Input(cpus: input.cpus, slice: input.slice, $0) }
      + input.slice.smaller(downTo: 1).map { RealtimeLab.Input(cpus: input.cpus, slice: $0, input.tasks) }
      + input.cpus.smaller(downTo: 1).map { RealtimeLab.Input(cpus: $0, slice: input.slice, input.tasks) }
  }

  /// How many steps the tasks have in all.
  package static func size(_ input: RealtimeLab.Input) -> Int { input.tasks.reduce(0) { $0 + $1.steps.count } }

  private static func simpler(_ task: RealtimeLab.Plan) -> [RealtimeLab.Plan] {
    let steps = task.steps.withoutRuns().filter(isVisible) + task.steps.simplifyingEach(simpler)
    let bySteps = steps.map {
      RealtimeLab.Plan(start: task.start, policy: task.policy, priority: task.priority, steps: joined($0))
    }
    let byStart = task.start.smaller(downTo: 1).map {
      RealtimeLab.Plan(start: $0, policy: task.policy, priority: task.priority, steps: task.steps)
    }
    let byPriority = task.priority.smaller(downTo: 1).map {
      RealtimeLab.Plan(start: task.start, policy: task.policy, priority: $0, steps: task.steps)
    }
    return bySteps + byStart + byPriority
  }

  /// Whether a schedule shows a task that does this: one that never runs for a tick makes nothing simpler to see.
  private static func isVisible(_ steps: [RealtimeLab.Step]) -> Bool {
    if case .compute = steps.first { true } else { false }
  }

  /// The same with one step in place of two that compute.
  private static func joined(_ steps: [RealtimeLab.Step]) -> [RealtimeLab.Step] {
    steps.reduce(into: []) { joined, step in
      if case .compute(let more) = step, case .compute(let ticks) = joined.last {
        joined[joined.count - 1] = .compute(ticks + more)
      } else {
        joined.append(step)
      }
    }
  }

  private static func simpler(_ step: RealtimeLab.Step) -> [RealtimeLab.Step] {
    switch step {
    case .compute(let ticks): ticks.smaller(downTo: 1).map { .compute($0) }
    case .sleep(let ticks): ticks.smaller(downTo: 1).map { .sleep($0) }
    case .yield: []
    case .setScheduler(let policy, let priority):
      priority.smaller(downTo: 1).map { .setScheduler(policy, priority: $0) }
    }
  }
}
