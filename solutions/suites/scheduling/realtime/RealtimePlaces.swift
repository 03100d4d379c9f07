import Judging
import LabHarness
import LabKernel

/// The places in which a scene is checked again: a rule holds on every CPU, at every level, whatever other tasks there
/// are, and the hundredth time as well as the first.
///
/// A scene is a few tasks on one CPU; it is turned into another case, with a schedule of its own.
struct RealtimePlaces {
  private let scene: RealtimeLab.Input

  /// Returns the scenes themselves, and all cases that are made of them.
  static func everywhere(_ scenes: [RealtimeLab.Input]) -> [RealtimeLab.Input] {
    scenes + scenes.flatMap { RealtimePlaces(scene: $0).all }
  }

  private var all: [RealtimeLab.Input] {
    levels + [beside(24), beside(9), again(12), again(40), mixed, inUsedRows, changed, slept] + copies
  }

  private func with(_ tasks: [RealtimeLab.Plan], cpus: Int = 1) -> RealtimeLab.Input {
    RealtimeLab.Input(cpus: cpus, slice: scene.slice, Array(tasks.prefix(Workload.maximumTasks)))
  }

  /// The scene at the ends of the scale, and around the end of the first word of the bitmap.
  private var levels: [RealtimeLab.Input] {
    let own = scene.priorities
    let least = [1] + (35 - own.count...36) + [99 - own.count + 1]
    return least.map { least in
      with(scene.tasks.map { $0.scaled(by: 1) { least + (own.firstIndex(of: $0) ?? 0) } })
    }
  }

  /// Returns the scene with many equals of its first task behind it.
  private func beside(_ count: Int) -> RealtimeLab.Input {
    let priority = max(1, scene.tasks.first { $0.policy.isRealtime }?.priority ?? 1)
    let crowd = (scene.tasks.count..<max(count, scene.tasks.count)).map { index in
      index % 2 == 0 ? RealtimeLab.Plan.fifo(priority, .compute(1)) : .rr(priority, .compute(1))
    }
    return with(scene.tasks + crowd)
  }

  /// Has each task repeat all its steps again and again.
  private func again(_ times: Int) -> RealtimeLab.Input {
    let whole = scene.tasks.reduce(0) { $0 + $1.ticks }
    let bound = max(1, min(times, (Workload.maximumTicks - 40) / max(1, whole)))
    return with(scene.tasks.map { $0.repeated(bound) })
  }

  /// Every second task has the other real-time policy.
  private var mixed: RealtimeLab.Input {
    with(
      scene.tasks.enumerated().map { index, task in
        var other = task
        if index % 2 == 1 { other.policy = task.policy.other }
        return other
      })
  }

  /// Other tasks have ended, whose rows in the task table are used again, the newest first.
  private var inUsedRows: RealtimeLab.Input {
    let short = (0..<4).map { _ in RealtimeLab.Plan.rr(99, .compute(1)) }
    return with(short + scene.tasks.map { $0.starting(in: short.count + 1) })
  }

  /// Each task has had the other policy in between.
  private var changed: RealtimeLab.Input {
    with(
      scene.tasks.map { task in
        task.preceded(by: [
          .setScheduler(task.policy.other, priority: max(1, task.priority)), .compute(1),
          .setScheduler(task.policy, priority: task.priority),
        ])
      })
  }

  /// Each task has slept before.
  private var slept: RealtimeLab.Input {
    let begin = 2 * scene.tasks.count
    return with(
      scene.tasks.enumerated().map { index, task in
        var early = task.preceded(by: [.compute(1), .sleep(begin + task.start - index)])
        early.start = index
        return early
      })
  }

  /// The same on two, three and four CPUs at once: a task goes to the CPU with the fewest tasks.
  private var copies: [RealtimeLab.Input] {
    (2...4).filter { $0 * scene.tasks.count <= Workload.maximumTasks }.map { cpus in
      with(scene.tasks.flatMap { Array(repeating: $0, count: cpus) }, cpus: cpus)
    }
  }
}

extension RealtimeLab.Plan {
  /// The number of ticks for which it runs and sleeps.
  fileprivate var ticks: Int {
    steps.reduce(0) { sum, step in
      switch step {
      case .compute(let ticks): sum + ticks
      case .sleep(let ticks): sum + ticks
      case .yield, .setScheduler: sum
      }
    }
  }

  /// Returns its steps repeated this many times, each time as it began.
  fileprivate func repeated(_ times: Int) -> RealtimeLab.Plan {
    let changes = steps.contains { if case .setScheduler = $0 { true } else { false } }
    let round = steps + (changes ? [.setScheduler(policy, priority: priority)] : [])
    return RealtimeLab.Plan(
      start: start, policy: policy, priority: priority, steps: Array(repeating: round, count: times).flatMap { $0 })
  }

  /// Returns the same plan, later.
  fileprivate func starting(in ticks: Int) -> RealtimeLab.Plan {
    RealtimeLab.Plan(start: start + ticks, policy: policy, priority: priority, steps: steps)
  }

  /// Returns the same plan, with other steps first.
  fileprivate func preceded(by first: [RealtimeLab.Step]) -> RealtimeLab.Plan {
    RealtimeLab.Plan(start: start, policy: policy, priority: priority, steps: first + steps)
  }
}

extension SchedulingPolicy {
  /// The other real-time policy; ordinary tasks become SCHED_FIFO ones.
  fileprivate var other: SchedulingPolicy { self == .fifo ? .roundRobin : .fifo }
}
