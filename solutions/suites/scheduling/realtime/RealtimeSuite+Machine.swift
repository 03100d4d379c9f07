import Judging
import LabHarness
import LabKernel
import SchedulingChecks

// Several CPUs, and everything at once.
extension RealtimeSuite {
  static let twoCPUs = check(
    "two-cpus", "each CPU has a scheduler of its own, and what is left of a slice moves with its task"
  ) {
    random in
    // The first task sleeps with a part of its slice left, wakes up where the second has ended, and gets an equal.
    let moves = (1...5).flatMap { used in
      (2...4).map { cpus in
        let others = (1..<cpus).map { _ in RealtimeLab.Plan.rr(50, .compute(used)) }
        return RealtimeLab.Input(
          cpus: cpus, slice: 4,
          [.rr(50, .compute(used), .sleep(1), .compute(7))] + others
            + [.rr(50, .compute(8)), .rr(50, at: used + 2, .compute(2))]
            + (0..<cpus).map { _ in .rr(50, at: used + 2, .compute(6)) })
      }
    }
    let drawn = (0..<40).map { _ in
      RealtimeLab.Input(
        cpus: random.draw(2...4), slice: random.draw(2...4),
        (0..<random.draw(6...12)).map { _ in
          .rr(
            50, at: random.draw(0...2), .compute(random.draw(2...4)), .sleep(random.draw(1...5)),
            .compute(random.draw(2...4)), .sleep(random.draw(1...5)), .compute(random.draw(2...6)))
        })
    }
    let varied = (0..<40).map { _ in
      RealtimeLab.Input(
        cpus: random.draw(2...4), slice: random.draw(1...4),
        (0..<random.draw(5...14)).map { _ in anyTask(&random, levels: [30, 50, 50, 50, 70]) })
    }
    let wanderers = (0..<60).map { index in
      RealtimeLab.Input(
        cpus: index % 4 == 3 ? 3 : 2, slice: random.draw(2...5),
        (0..<random.draw(3...6)).map { _ in wanderer(&random) })
    }
    return moves + thereAndBack + drawn + varied + wanderers
  }

  /// A sleeps on the first CPU, does something on the second, sleeps, and is back on the first, where an equal comes.
  private static let thereAndBack: [RealtimeLab.Input] = [SchedulingPolicy.fifo, .roundRobin].flatMap { policy in
    [1, 2].flatMap { used in
      [
        .setScheduler(.roundRobin, priority: 50), .setScheduler(.fifo, priority: 50),
        .setScheduler(.roundRobin, priority: 51), .setScheduler(.roundRobin, priority: 49), .yield,
      ].map { (deed: RealtimeLab.Step) in
        let mover = RealtimeLab.Plan(
          start: 0, policy: policy, priority: 50,
          steps: [.compute(1), .sleep(2), deed, .compute(used), .sleep(4), .compute(8)])
        // The others keep one CPU busy while A wakes up, and then the other.
        return RealtimeLab.Input(
          cpus: 2, slice: 3,
          [
            mover, .fifo(50, .compute(2)), .fifo(50, at: 1, .compute(4 + used)), .fifo(50, at: 4 + used, .compute(14)),
            .rr(50, at: 8 + used, .compute(6)),
          ])
      }
    }
  }

  /// Draws a task that sleeps often, so that it moves from CPU to CPU and back, and yields and changes on the way.
  private static func wanderer(_ random: inout RandomSource) -> RealtimeLab.Plan {
    let start = random.draw(0...3)
    let first = (
      policy: random.pick([SchedulingPolicy.roundRobin, .roundRobin, .fifo]), priority: random.draw(50...51)
    )
    var (policy, priority) = first
    var steps: [RealtimeLab.Step] = []
    for _ in 0..<6 {
      steps.append(.compute(random.draw(1...3)))
      switch random.draw(0...5) {
      case 0: steps += [.yield, .compute(1)]
      case 1: policy = policy == .fifo ? .roundRobin : .fifo
      case 2: priority = 101 - priority
      default: break
      }
      steps += [.setScheduler(policy, priority: priority), .compute(random.draw(1...2)), .sleep(random.draw(1...4))]
    }
    return RealtimeLab.Plan(
      start: start, policy: first.policy, priority: first.priority, steps: steps + [.compute(3)])
  }

  static let mixedWorkload = check("mixed-workload", "every rule holds at once") { random in
    (0..<160).map { index in
      let slice = index % 20 == 0 ? random.draw(10...20) : random.draw(1...4)
      let levels = index % 8 == 7 ? [1, 35, 36, 37, 98, 99] : [30, 50, 50, 50, 70]
      let tasks = (0..<(3 + index % 4 + index % 10 * index % 3)).map { _ in anyTask(&random, levels: levels) }
      return RealtimeLab.Input(cpus: index % 5 == 4 ? random.draw(2...4) : 1, slice: slice, tasks)
    }
  }

  /// Draws a task of any policy, at one of few levels, that does a bit of everything.
  private static func anyTask(_ random: inout RandomSource, levels: [Int]) -> RealtimeLab.Plan {
    let policy = anyPolicy(&random)
    var steps = [RealtimeLab.Step.compute(random.draw(1...4))]
    for _ in 0..<random.draw(0...2) {
      switch random.draw(0...3) {
      case 0: steps.append(.yield)
      case 1:
        let next = anyPolicy(&random)
        steps.append(.setScheduler(next, priority: next.isRealtime ? random.pick(levels) : 0))
      default: steps.append(.sleep(random.draw(1...4)))
      }
      steps.append(.compute(random.draw(1...4)))
    }
    return RealtimeLab.Plan(
      start: random.draw(0...4), policy: policy, priority: policy.isRealtime ? random.pick(levels) : 0, steps: steps)
  }

  private static func anyPolicy(_ random: inout RandomSource) -> SchedulingPolicy {
    random.pick([.roundRobin, .roundRobin, .roundRobin, .fifo, .fifo, .normal])
  }
}
