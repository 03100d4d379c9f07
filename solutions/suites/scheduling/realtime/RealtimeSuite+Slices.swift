import Judging
import LabHarness
import LabKernel
import SchedulingChecks

// Turns, and what is left of a slice.
extension RealtimeSuite {
  static let turns = check("turns", "SCHED_RR tasks of one level take turns of one slice, however long it is") {
    random in
    let slices = [1, 2, 3, 5, 9, 17, 40].map { slice in
      RealtimeLab.Input(
        slice: slice, [.rr(50, .compute(2 * slice + 1)), .rr(50, .compute(slice + 2)), .rr(50, .compute(slice))])
    }
    // Hundreds of turns, and a level with as many tasks as there can be.
    let long = RealtimeLab.Input(slice: 1, [.rr(50, .compute(150)), .rr(50, .compute(150)), .ordinary(.compute(1))])
    // One more than eight or sixteen, after some turns.
    let late = [8, 16].flatMap { count in
      [1, 3].map { time in
        RealtimeLab.Input(
          slice: 1, Array(repeating: .rr(50, .compute(4)), count: count) + [.rr(50, at: time, .compute(3))])
      }
    }
    let many = RealtimeLab.Input(
      slice: random.draw(1...2), (0..<Workload.maximumTasks).map { _ in .rr(50, .compute(random.draw(3...6))) })
    let mixed = (0..<20).map { _ in
      RealtimeLab.Input(
        slice: random.draw(1...4),
        (0..<random.draw(2...9)).map { _ in
          .rr(random.draw(50...51), at: random.draw(0...5), .compute(random.draw(1...9)))
        })
    }
    return RealtimePlaces.everywhere(Array(slices.prefix(3))) + slices.dropFirst(3) + [long, many] + late + mixed
  }

  static let fifoBesideRoundRobin = check(
    "fifo-beside-rr", "SCHED_FIFO and SCHED_RR share a level: only the task that runs decides whether it takes turns"
  ) { random in
    let plain = [
      RealtimeLab.Input([.rr(50, .compute(4)), .fifo(50, .compute(6))]),
      RealtimeLab.Input([.fifo(50, .compute(6)), .rr(50, .compute(4))]),
      RealtimeLab.Input([.rr(50, .compute(3)), .fifo(50, .compute(3)), .rr(50, .compute(3))]),
      RealtimeLab.Input([.fifo(50, .compute(3)), .fifo(50, .compute(3)), .rr(50, .compute(5))]),
    ]
    let long = RealtimeLab.Input([.fifo(50, .compute(300)), .rr(50, .compute(4)), .fifo(50, .compute(3))])
    let mixed = (0..<30).map { _ in
      RealtimeLab.Input(
        slice: random.draw(1...3),
        (0..<4).map { _ in
          let work = RealtimeLab.Step.compute(random.draw(2...7))
          return random.oneIn(2) ? .fifo(50, at: random.draw(0...1), work) : .rr(50, at: random.draw(0...1), work)
        })
    }
    return RealtimePlaces.everywhere(plain) + [long] + mixed
  }

  static let sliceKept = check(
    "slice-kept", "what is left of a time slice survives preemption, sleep, yields and changes of priority"
  ) { random in
    let slice = 4
    let scenes = (1...slice).flatMap { used -> [RealtimeLab.Input] in
      let other = RealtimeLab.Plan.rr(50, .compute(7))
      return [
        [.rr(50, .compute(7)), other, .fifo(60, at: used, .compute(1))],
        [.rr(50, .compute(used), .sleep(1), .compute(6)), .rr(50, at: used, .compute(6))],
        [.rr(50, .compute(used), .yield, .compute(6)), other],
        [
          .rr(50, .compute(used), .setScheduler(.roundRobin, priority: 60), .compute(6)),
          .rr(60, at: used + 1, .compute(6)),
        ],
        [.rr(60, .compute(used), .setScheduler(.roundRobin, priority: 50), .compute(6)), other],
        // The task that preempts it is preempted, too.
        [.rr(50, .compute(7)), other, .rr(60, at: used, .compute(3)), .fifo(70, at: used + 1, .compute(1))],
        [
          .rr(50, .compute(7)), other, .rr(60, at: used, .compute(5)), .rr(60, at: used, .compute(2)),
          .rr(70, at: used + 2, .compute(2)), .fifo(80, at: used + 3, .compute(1)),
        ],
      ].map { RealtimeLab.Input(slice: slice, $0) }
    }
    let mixed = (0..<40).map { index in
      let slice = random.draw(2...4)
      let pause: RealtimeLab.Step = index % 4 == 0 ? .yield : .sleep(random.draw(1...4))
      let first = RealtimeLab.Plan.rr(50, .compute(random.draw(2...4)), pause, .compute(random.draw(3...6)))
      let second = RealtimeLab.Plan.rr(50, at: random.draw(0...4), .compute(random.draw(4...7)))
      let urgent = RealtimeLab.Plan.fifo(60, at: random.draw(1...9), .compute(random.draw(1...2)))
      return RealtimeLab.Input(slice: slice, index % 2 == 0 ? [first, second, urgent] : [first, second])
    }
    // Preempted again and again; lowered into a level with many tasks.
    let often = (0..<3).map { offset in
      let urgent = Array(repeating: [RealtimeLab.Step.compute(1), .sleep(4)], count: 30).flatMap { $0 }
      let preempting = RealtimeLab.Plan(start: offset, policy: .fifo, priority: 60, steps: urgent)
      return RealtimeLab.Input(slice: slice, [preempting, .rr(50, .compute(60)), .rr(50, .compute(60))])
    }
    let crowds = [12, 23].map { count in
      let waiting = (0..<count).map { _ in RealtimeLab.Plan.rr(50, .compute(2)) }
      return RealtimeLab.Input(
        slice: slice, [.rr(60, .compute(2), .setScheduler(.roundRobin, priority: 50), .compute(6))] + waiting)
    }
    return RealtimePlaces.everywhere(scenes) + often + crowds + mixed
  }

  static let sliceAlone = check(
    "slice-alone", "a slice is counted down, and refilled, even while its task is alone at its level"
  ) { random in
    let plain = (1...7).map { time in
      RealtimeLab.Input(slice: 3, [.rr(50, .compute(10)), .rr(50, at: time, .compute(4)), .fifo(40, .compute(1))])
    }
    // Alone at its level for hundreds of ticks; more urgent tasks come and go.
    let long = (0..<4).map {
      RealtimeLab.Input(slice: 4, [.rr(50, .compute(300)), .rr(50, at: 260 + $0, .compute(6))])
    }
    let mixed = (0..<20).map { _ in
      RealtimeLab.Input(
        slice: random.draw(2...4),
        [.rr(50, .compute(random.draw(6...12))), .rr(50, at: random.draw(2...9), .compute(random.draw(1...5)))])
    }
    return RealtimePlaces.everywhere(plain) + long + mixed
  }
}
