import Judging
import LabKernel
import Reference
import VisibleChecks

/// The hidden checks of the realtime lab.
///
/// The rules leave no choice, so that a schedule is right exactly if it is the reference's.
enum RealtimeSuite {
  /// From the plain to the subtle.
  static let suite = RealtimeChecks.suite(
    .hidden, shrinks: RealtimeShrinking.shrinks,
    [
      allLevels, wokenLast, preemptedFirst, fifoBesideRoundRobin, sliceKept, sliceAlone, priorityChange, twoCPUs,
      mixedWorkload,
    ])

  private static func check(
    _ id: String, _ title: String, rule: String,
    cases: @escaping @Sendable (inout RandomSource) -> [RealtimeLab.Input]
  ) -> Check<RealtimeLab> {
    Check(
      id: id, title: title, rule: rule, section: "2#real-time",
      cases: { seed in
        var source = RandomSource(seed: seed)
        return cases(&source)
      },
      judge: { input, output in
        let right = RealtimeLab.run(Reference.realtime, on: input, calls: SilentCallLog())
        return RealtimeJudge.judge(input, output, expected: right.timelines)
      })
  }

  private static let allLevels = check(
    "all-levels", "all priorities from 1 to 99 are levels of their own",
    rule: "99 is the most urgent priority and 1 the least; a level that was empty can be used again."
  ) { random in
    let neighbours = [1, 27, 34, 35, 36, 37, 62, 63, 64, 65, 98].map { priority in
      RealtimeLab.Input([.fifo(priority, .compute(1)), .fifo(priority + 1, .compute(1)), .ordinary(.compute(1))])
    }
    let ends = RealtimeLab.Input([.fifo(1, .compute(2)), .rr(99, at: 1, .compute(1)), .ordinary(.compute(1))])
    // Every level, in nine inputs, from the least urgent to the most.
    let every = (0..<9).map { part in
      RealtimeLab.Input((1...11).map { .fifo(part * 11 + $0, .compute(1)) })
    }
    let farJump = RealtimeLab.Input([
      .fifo(99, .compute(1), .setScheduler(.fifo, priority: 1), .compute(1)), .fifo(36, .compute(1)),
      .fifo(35, .compute(1)), .ordinary(.compute(1)),
    ])
    let again = [20, 35, 36, 63, 64, 99].map { priority in
      RealtimeLab.Input([
        .fifo(priority, .compute(1), .sleep(2), .compute(1)), .fifo(max(1, priority - 36), .compute(4)),
      ])
    }
    let mixed = (0..<20).map { _ in
      // Eight levels, twelve apart and so each in another place of the bitmap in each case.
      let lowest = random.draw(1...15)
      return RealtimeLab.Input(
        (0..<8).map { .fifo(lowest + $0 * 12, at: random.draw(0...6), .compute(random.draw(1...2))) })
    }
    return neighbours + [ends, farJump] + every + again + mixed
  }

  private static let wokenLast = check(
    "woken-last", "a task that wakes up goes behind its equals, and preempts none of them",
    rule: "Whoever begins or wakes up goes to the tail of its level."
  ) { random in
    let plain = [
      RealtimeLab.Input([.fifo(50, .compute(1), .sleep(1), .compute(1)), .fifo(50, .compute(4))]),
      RealtimeLab.Input([
        .fifo(50, .compute(1), .sleep(2), .compute(1)), .fifo(50, .compute(4)), .fifo(50, .compute(2)),
      ]),
      // It wakes at the very tick at which its equal ends.
      RealtimeLab.Input([
        .fifo(50, .compute(1), .sleep(2), .compute(1)), .fifo(50, .compute(2)), .fifo(50, .compute(2)),
      ]),
    ]
    let mixed = (0..<30).map { _ in
      RealtimeLab.Input(
        (0..<3).map { _ in
          .fifo(
            50, at: random.draw(0...1), .compute(random.draw(1...2)), .sleep(random.draw(1...4)),
            .compute(random.draw(1...2)))
        })
    }
    return plain + mixed
  }

  private static let preemptedFirst = check(
    "preempted-first", "a task that was preempted goes on before its equals",
    rule: "A preempted task keeps its place at the head of its level."
  ) { random in
    let plain = [1, 2, 3].map { time in
      RealtimeLab.Input([.fifo(50, .compute(4)), .fifo(50, .compute(2)), .fifo(60, at: time, .compute(1))])
    }
    let nested = [
      RealtimeLab.Input([
        .fifo(50, .compute(3)), .fifo(50, .compute(2)), .fifo(60, at: 1, .compute(3)), .fifo(60, at: 1, .compute(1)),
        .fifo(70, at: 2, .compute(1)),
      ])
    ]
    let mixed = (0..<30).map { _ in
      let urgent = (0..<2).map {
        RealtimeLab.Plan.fifo(60 + $0, at: random.draw(1...8), .compute(random.draw(1...2)))
      }
      let equals = (0..<3).map { _ in RealtimeLab.Plan.fifo(50, .compute(random.draw(2...4))) }
      return RealtimeLab.Input(equals + urgent)
    }
    return plain + nested + mixed
  }

  private static let fifoBesideRoundRobin = check(
    "fifo-beside-rr", "SCHED_FIFO and SCHED_RR share a level: only the one that runs decides whether it takes turns",
    rule: "A SCHED_RR task makes way for equals of either policy; a SCHED_FIFO task for none."
  ) { random in
    let plain = [
      RealtimeLab.Input([.rr(50, .compute(4)), .fifo(50, .compute(6))]),
      RealtimeLab.Input([.fifo(50, .compute(6)), .rr(50, .compute(4))]),
      RealtimeLab.Input([.rr(50, .compute(3)), .fifo(50, .compute(3)), .rr(50, .compute(3))]),
    ]
    let mixed = (0..<30).map { _ in
      RealtimeLab.Input(
        slice: random.draw(1...3),
        (0..<4).map { _ in
          let work = RealtimeLab.Step.compute(random.draw(2...7))
          return random.oneIn(2) ? .fifo(50, at: random.draw(0...1), work) : .rr(50, at: random.draw(0...1), work)
        })
    }
    return plain + mixed
  }

  private static let sliceKept = check(
    "slice-kept", "what is left of a time slice outlives preemption, sleep and yield",
    rule: "A slice is refilled when it is used up, and at no other time."
  ) { random in
    let plain = [
      // Preempted after one tick of three.
      RealtimeLab.Input(slice: 3, [.rr(50, .compute(5)), .rr(50, .compute(4)), .fifo(60, at: 1, .compute(1))]),
      // Asleep with one tick of three left; and with a full slice, because the third tick is charged before it sleeps.
      RealtimeLab.Input(slice: 3, [.rr(50, .compute(2), .sleep(1), .compute(4)), .rr(50, at: 2, .compute(5))]),
      RealtimeLab.Input(slice: 3, [.rr(50, .compute(3), .sleep(1), .compute(4)), .rr(50, at: 3, .compute(5))]),
      RealtimeLab.Input(slice: 4, [.rr(50, .compute(3), .yield, .compute(5)), .rr(50, .compute(6))]),
      RealtimeLab.Input(
        slice: 3, [.rr(50, .compute(2), .sleep(1), .compute(3)), .rr(50, .compute(4)), .rr(50, .compute(4))]),
    ]
    let mixed = (0..<40).map { index in
      let slice = random.draw(2...4)
      let pause: RealtimeLab.Step = index % 4 == 0 ? .yield : .sleep(random.draw(1...4))
      let first = RealtimeLab.Plan.rr(50, .compute(random.draw(2...4)), pause, .compute(random.draw(3...6)))
      let second = RealtimeLab.Plan.rr(50, at: random.draw(0...4), .compute(random.draw(4...7)))
      let urgent = RealtimeLab.Plan.fifo(60, at: random.draw(1...9), .compute(random.draw(1...2)))
      return RealtimeLab.Input(slice: slice, index % 2 == 0 ? [first, second, urgent] : [first, second])
    }
    return plain + mixed
  }

  private static let sliceAlone = check(
    "slice-alone", "a slice is counted, and refilled, also while its owner is alone at its level",
    rule: "Who uses its slice up alone at its level gets a full one and stays where it is."
  ) { random in
    let plain = (1...7).map { time in
      RealtimeLab.Input(slice: 3, [.rr(50, .compute(10)), .rr(50, at: time, .compute(4))])
    }
    let mixed = (0..<20).map { _ in
      RealtimeLab.Input(
        slice: random.draw(2...4),
        [.rr(50, .compute(random.draw(6...12))), .rr(50, at: random.draw(2...9), .compute(random.draw(1...5)))])
    }
    return plain + mixed
  }

  private static let priorityChange = check(
    "priority-change", "who raises itself goes behind its new equals, who lowers itself before them",
    rule: "enqueue puts a task at the end of its level that the kernel asks for."
  ) { random in
    let raised = RealtimeLab.Input([
      .fifo(50, .compute(1), .setScheduler(.fifo, priority: 60), .compute(2), .setScheduler(.fifo, priority: 50)),
      .fifo(50, .compute(2)), .fifo(60, at: 1, .compute(2)),
    ])
    let mixed = (0..<40).map { _ in
      RealtimeLab.Input(
        (0..<4).map { _ in
          .fifo(
            random.draw(50...52), at: random.draw(0...2), .compute(random.draw(1...2)),
            .setScheduler(.fifo, priority: random.draw(50...52)), .compute(random.draw(1...2)))
        })
    }
    // Whoever changes its policy gets a full slice of the new one from the kernel.
    let thereAndBack = RealtimeLab.Input(
      slice: 4,
      [
        .rr(
          50, .compute(3), .setScheduler(.fifo, priority: 50), .compute(1), .setScheduler(.roundRobin, priority: 50),
          .compute(3)),
        .rr(50, .compute(3)),
      ])
    let single = changes.map { RealtimeLab.Input(slice: 5, [$0, .fifo(50, .compute(2)), .fifo(50, .compute(2))]) }
    return single + [raised, thereAndBack] + mixed
  }

  /// Lowered to a level where others wait, or below it; set to what it was; and in and out of the class.
  private static let changes: [RealtimeLab.Plan] = [
    .fifo(60, .compute(1), .setScheduler(.fifo, priority: 50), .compute(3)),
    .fifo(60, .compute(1), .setScheduler(.fifo, priority: 40), .compute(3)),
    .fifo(60, .compute(1), .setScheduler(.roundRobin, priority: 50), .compute(3)),
    .fifo(50, .compute(1), .setScheduler(.fifo, priority: 50), .compute(3)),
    .fifo(60, .compute(1), .setScheduler(.normal, priority: 0), .compute(3)),
    .fifo(60, .compute(1), .setScheduler(.fifo, priority: 61), .compute(3)),
    .ordinary(.compute(1), .setScheduler(.fifo, priority: 50), .compute(3)),
  ]

  private static let twoCPUs = check(
    "two-cpus", "each CPU has a scheduler of its own",
    rule: "A task belongs to one CPU at a time; what is left of its slice goes with it."
  ) { random in
    // The first task sleeps with half a slice left, wakes up on the CPU that the second has left, and gets company.
    let moves = RealtimeLab.Input(
      cpus: 2, slice: 4,
      [
        .rr(50, .compute(2), .sleep(1), .compute(6)), .rr(50, .compute(2)), .rr(50, .compute(8)),
        .rr(50, at: 4, .compute(2)), .rr(50, at: 4, .compute(3)),
      ])
    return [moves]
      + (0..<60).map { _ in
        RealtimeLab.Input(
          cpus: 2, slice: random.draw(3...4),
          (0..<6).map { _ in
            .rr(
              50, at: random.draw(0...2), .compute(random.draw(2...4)), .sleep(random.draw(1...5)),
              .compute(random.draw(2...4)), .sleep(random.draw(1...5)), .compute(random.draw(2...6)))
          })
      }
  }

  private static let mixedWorkload = check(
    "mixed-workload", "every rule holds at once", rule: "The whole contract, as the task sheet states it."
  ) { random in
    let plain = [
      // The fourth task is born after the second has ended, and has its row in the task table.
      RealtimeLab.Input(
        slice: 3, [.rr(50, .compute(1)), .rr(50, .compute(2)), .rr(50, .compute(8)), .rr(50, at: 5, .compute(6))]),
      // Long alone, then one of two, then preempted.
      RealtimeLab.Input(
        slice: 4,
        [.rr(50, .compute(12)), .rr(50, at: 5, .compute(5), .yield, .compute(3)), .fifo(70, at: 10, .compute(2))]),
    ]
    return plain
      + (0..<150).map { index in
        let tasks = (0..<(3 + index % 4)).map { _ in anyTask(&random) }
        return RealtimeLab.Input(slice: random.draw(1...4), tasks)
      }
  }
}

extension RealtimeSuite {
  /// A task of any policy, at one of few levels, that does a bit of everything.
  private static func anyTask(_ random: inout RandomSource) -> RealtimeLab.Plan {
    let policy = anyPolicy(&random)
    var steps = [RealtimeLab.Step.compute(random.draw(1...4))]
    for _ in 0..<random.draw(0...2) {
      switch random.draw(0...3) {
      case 0: steps.append(.yield)
      case 1:
        let next = anyPolicy(&random)
        steps.append(.setScheduler(next, priority: anyPriority(next, &random)))
      default: steps.append(.sleep(random.draw(1...4)))
      }
      steps.append(.compute(random.draw(1...4)))
    }
    return RealtimeLab.Plan(
      start: random.draw(0...4), policy: policy, priority: anyPriority(policy, &random), steps: steps)
  }

  private static func anyPolicy(_ random: inout RandomSource) -> SchedulingPolicy {
    random.pick([.roundRobin, .roundRobin, .roundRobin, .fifo, .fifo, .normal])
  }

  private static func anyPriority(_ policy: SchedulingPolicy, _ random: inout RandomSource) -> Int {
    policy.isRealtime ? random.pick([30, 50, 50, 50, 70]) : 0
  }
}
