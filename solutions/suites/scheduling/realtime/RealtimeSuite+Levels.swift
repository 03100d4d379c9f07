import Judging
import LabHarness
import LabKernel
import SchedulingChecks

// Which level is served, and what happens to a task that changes its level.
extension RealtimeSuite {
  static let allLevels = check("all-levels", "each priority from 1 to 99 is a level of its own") { random in
    let neighbours = (1...98).map { priority in
      RealtimeLab.Input([.fifo(priority, .compute(1)), .fifo(priority + 1, .compute(1)), .ordinary(.compute(1))])
    }
    let ends = RealtimeLab.Input([.fifo(1, .compute(2)), .rr(99, at: 1, .compute(1)), .ordinary(.compute(1))])
    // Every level, in four inputs, from the least urgent to the most.
    let every = (0..<4).map { part in
      RealtimeLab.Input((1...25).map { .fifo(min(99, part * 25 + $0), .compute(1)) })
    }
    let farJump = RealtimeLab.Input([
      .fifo(99, .compute(1), .setScheduler(.fifo, priority: 1), .compute(1)), .fifo(36, .compute(1)),
      .fifo(35, .compute(1)), .ordinary(.compute(1)),
    ])
    let again = [2, 20, 35, 36, 37, 63, 64, 99].map { priority in
      RealtimeLab.Input([
        .fifo(priority, .compute(1), .sleep(2), .compute(1)), .fifo(max(1, priority - 36), .compute(4)),
      ])
    }
    // One of several leaves its level, by sleep, by its end, or for another level; the others are still there.
    let leaves = [2, 35, 36, 99].flatMap { priority -> [RealtimeLab.Input] in
      let ends: [[RealtimeLab.Step]] = [
        [.sleep(9)], [], [.setScheduler(.fifo, priority: 1)], [.setScheduler(.normal, priority: 0)],
      ]
      return ends.map { steps in
        let leaving = RealtimeLab.Plan(start: 0, policy: .fifo, priority: priority, steps: [.compute(1)] + steps)
        return RealtimeLab.Input([leaving, .fifo(priority, .compute(2)), .fifo(1, .compute(2)), .ordinary(.compute(1))])
      }
    }
    let mixed = (0..<20).map { _ in
      // Eight levels, twelve apart, and so each at another place of the bitmap in each case.
      let lowest = random.draw(1...15)
      return RealtimeLab.Input(
        (0..<8).map { .fifo(lowest + $0 * 12, at: random.draw(0...6), .compute(random.draw(1...2))) })
    }
    return neighbours + [ends, farJump] + every + again + RealtimePlaces.everywhere(leaves) + mixed
  }

  static let takesOver = check(
    "takes-over", "a task that becomes runnable takes the CPU immediately if and only if it is more urgent"
  ) { random in
    let length = random.draw(4...6)
    let others: [RealtimeLab.Plan] = [.fifo(50, .compute(length)), .rr(50, .compute(length))]
    let scenes = others.flatMap { running -> [RealtimeLab.Input] in
      [60, 50, 40].flatMap { priority in
        [1, 2, 3].map { time in
          RealtimeLab.Input(
            slice: random.draw(2...5), [running, .fifo(priority, at: time, .compute(2)), .ordinary(.compute(2))])
        }
      }
    }
    // Wakes up in the middle of another task's turn, at its end, and after it.
    let woken = (1...5).map { ticks in
      RealtimeLab.Input(
        slice: 3,
        [.rr(60, .compute(1), .sleep(ticks), .compute(2)), .rr(50, .compute(6)), .fifo(40, .compute(2))])
    }
    return RealtimePlaces.everywhere(Array(scenes.prefix(9))) + scenes.dropFirst(9) + RealtimePlaces.everywhere(woken)
  }

  static let priorityChange = check(
    "priority-change", "a task goes behind its new equals if it raises its priority, and before them otherwise"
  ) { random in
    // Others enter the higher level at the very tick at which the task is raised.
    let raised = [SchedulingPolicy.fifo, .roundRobin].flatMap { policy in
      (1...3).map { time in
        RealtimeLab.Input(
          slice: 5,
          [
            .fifo(50, .compute(time), .setScheduler(policy, priority: 60), .compute(2)), .fifo(50, .compute(2)),
            .fifo(60, at: time, .compute(2)), .fifo(60, at: time, .compute(1)),
          ])
      }
    }
    // Lowered to a level that was empty; an equal comes, and then a more urgent task.
    let alone = [SchedulingPolicy.fifo, .roundRobin].map { policy in
      RealtimeLab.Input(
        slice: 9,
        [
          .fifo(60, .compute(1), .setScheduler(policy, priority: 50), .compute(4)), .fifo(50, at: 2, .compute(2)),
          .fifo(70, at: 3, .compute(1)),
        ])
    }
    let single = changes.map { RealtimeLab.Input(slice: 5, [$0, .fifo(50, .compute(2)), .fifo(50, .compute(2))]) }
    let mixed = (0..<40).map { _ in
      RealtimeLab.Input(
        (0..<4).map { _ in
          .fifo(
            random.draw(50...52), at: random.draw(0...2), .compute(random.draw(1...2)),
            .setScheduler(.fifo, priority: random.draw(50...52)), .compute(random.draw(1...2)))
        })
    }
    // A task that changes its policy gets a full slice of the new one from the kernel.
    let thereAndBack = RealtimeLab.Input(
      slice: 4,
      [
        .rr(
          50, .compute(3), .setScheduler(.fifo, priority: 50), .compute(1), .setScheduler(.roundRobin, priority: 50),
          .compute(3)),
        .rr(50, .compute(3)),
      ])
    return RealtimePlaces.everywhere(raised + single + alone + [thereAndBack]) + intoCrowds + mixed
  }

  /// Raised and lowered into a level with many tasks, and into one that fills one by one.
  private static let intoCrowds: [RealtimeLab.Input] = [SchedulingPolicy.fifo, .roundRobin].flatMap { policy in
    [22, 12].flatMap { count -> [RealtimeLab.Input] in
      let newcomers = (0..<count).map { _ in RealtimeLab.Plan.fifo(60, at: 1, .compute(1)) }
      let waiting = (0..<count).map { _ in RealtimeLab.Plan.fifo(50, .compute(1)) }
      return [
        [.fifo(50, .compute(1), .setScheduler(policy, priority: 60), .compute(2)), .fifo(50, .compute(1))] + newcomers,
        [.fifo(60, .compute(1), .setScheduler(policy, priority: 50), .compute(2)), .fifo(40, .compute(1))] + waiting,
      ].map { RealtimeLab.Input(slice: 5, $0) }
    }
  }

  /// Lowered to a level where others wait, or below it; set to what it was; and in and out of the class.
  private static let changes: [RealtimeLab.Plan] = [
    .fifo(60, .compute(1), .setScheduler(.fifo, priority: 50), .compute(3)),
    .fifo(60, .compute(1), .setScheduler(.fifo, priority: 40), .compute(3)),
    .fifo(60, .compute(1), .setScheduler(.roundRobin, priority: 50), .compute(3)),
    .rr(60, .compute(1), .setScheduler(.roundRobin, priority: 50), .compute(3)),
    .fifo(50, .compute(1), .setScheduler(.fifo, priority: 50), .compute(3)),
    .fifo(50, .compute(1), .setScheduler(.roundRobin, priority: 50), .compute(3)),
    .rr(50, .compute(1), .setScheduler(.fifo, priority: 50), .compute(3)),
    .fifo(60, .compute(1), .setScheduler(.normal, priority: 0), .compute(3)),
    .fifo(60, .compute(1), .setScheduler(.fifo, priority: 61), .compute(3)),
    .ordinary(.compute(1), .setScheduler(.fifo, priority: 50), .compute(3)),
  ]
}
