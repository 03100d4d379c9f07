import Judging
import LabHarness
import LabKernel
import SchedulingChecks

// The order of equals.
extension RealtimeSuite {
  static let wokenLast = check(
    "woken-last", "a task that begins or wakes up goes behind its equals, and preempts none of them"
  ) { random in
    let sleeps = (1...6).flatMap { ticks in
      [
        RealtimeLab.Input([.fifo(50, .compute(1), .sleep(ticks), .compute(1)), .fifo(50, .compute(4))]),
        RealtimeLab.Input([
          .fifo(50, .compute(1), .sleep(ticks), .compute(2)), .fifo(50, .compute(3)), .rr(50, .compute(2)),
        ]),
      ]
    }
    let births = (1...4).map { time in
      RealtimeLab.Input(
        slice: 6,
        [
          .rr(50, .compute(3)), .fifo(50, .compute(2)), .fifo(50, at: time, .compute(2)),
          .rr(50, at: time, .compute(1)),
        ])
    }
    let mixed = (0..<30).map { _ in
      RealtimeLab.Input(
        (0..<3).map { _ in
          .fifo(
            50, at: random.draw(0...1), .compute(random.draw(1...2)), .sleep(random.draw(1...4)),
            .compute(random.draw(1...2)))
        })
    }
    return RealtimePlaces.everywhere(sleeps + births) + mixed
  }

  static let preemptedFirst = check("preempted-first", "a task that was preempted continues before its equals") {
    random in
    let plain = (1...4).flatMap { time in
      [
        RealtimeLab.Input([.fifo(50, .compute(5)), .fifo(50, .compute(2)), .fifo(60, at: time, .compute(1))]),
        RealtimeLab.Input(
          slice: 6, [.rr(50, .compute(5)), .rr(50, .compute(2)), .rr(60, at: time, .compute(2))]),
      ]
    }
    let nested = RealtimeLab.Input([
      .fifo(50, .compute(3)), .fifo(50, .compute(2)), .fifo(60, at: 1, .compute(3)), .fifo(60, at: 1, .compute(1)),
      .fifo(70, at: 2, .compute(1)),
    ])
    // Preempted again and again by a task that wakes up.
    let often = RealtimeLab.Input([
      .fifo(60, .compute(1), .sleep(2), .compute(1), .sleep(2), .compute(1)), .fifo(50, .compute(7)),
      .fifo(50, .compute(2)),
    ])
    let mixed = (0..<30).map { _ in
      let urgent = (0..<2).map {
        RealtimeLab.Plan.fifo(60 + $0, at: random.draw(1...8), .compute(random.draw(1...2)))
      }
      let equals = (0..<3).map { _ in RealtimeLab.Plan.fifo(50, .compute(random.draw(2...4))) }
      return RealtimeLab.Input(equals + urgent)
    }
    return RealtimePlaces.everywhere(plain + [nested, often]) + mixed
  }

  static let yields = check("yield-anywhere", "a task that yields goes behind its equals, and behind no other task") {
    random in
    let scenes = [
      RealtimeLab.Input([.fifo(50, .compute(1), .yield, .compute(2)), .fifo(50, .compute(2)), .fifo(40, .compute(2))]),
      RealtimeLab.Input([.rr(50, .compute(1), .yield, .compute(2)), .fifo(50, .compute(2)), .ordinary(.compute(2))]),
      RealtimeLab.Input([.fifo(60, .compute(1), .yield, .compute(2)), .fifo(50, .compute(2)), .ordinary(.compute(2))]),
      RealtimeLab.Input([.rr(60, .compute(1), .yield, .compute(2)), .rr(50, .compute(2)), .fifo(40, .compute(1))]),
      RealtimeLab.Input([
        .fifo(50, .compute(1), .yield, .compute(1), .yield, .compute(1)),
        .fifo(50, .compute(1), .yield, .compute(1), .yield, .compute(1)), .fifo(50, .compute(1)),
      ]),
      // One task alone yields, to another equal each time.
      RealtimeLab.Input([
        .fifo(50, .compute(1), .yield, .compute(1), .yield, .compute(1), .yield, .compute(1)), .fifo(50, .compute(1)),
        .fifo(50, at: 2, .compute(1)), .fifo(50, at: 4, .compute(1)),
      ]),
    ]
    // A yield at the tick at which another task begins, or at which the slice is used up.
    let coincidences = (1...4).flatMap { time in
      [40, 50, 60].map { priority in
        RealtimeLab.Input(
          slice: 3,
          [
            .rr(50, .compute(time), .yield, .compute(3)), .rr(50, .compute(2)), .fifo(priority, at: time, .compute(2)),
          ])
      }
    }
    let mixed = (0..<20).map { _ in
      RealtimeLab.Input(
        slice: random.draw(1...4),
        (0..<4).map { _ in
          RealtimeLab.Plan(
            start: random.draw(0...2), policy: random.pick([.fifo, .roundRobin]), priority: random.draw(50...51),
            steps: [.compute(random.draw(1...3)), .yield, .compute(random.draw(1...3))])
        })
    }
    let turn = Array(repeating: [RealtimeLab.Step.compute(1), .yield], count: 140).flatMap { $0 }
    let often = RealtimeLab.Plan(start: 0, policy: .fifo, priority: 50, steps: turn)
    let long = RealtimeLab.Input([often, often])
    return RealtimePlaces.everywhere(scenes) + [long] + coincidences + mixed
  }
}
