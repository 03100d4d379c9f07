import Judging
import LabHarness
import LabKernel
import SynchronizationChecks

// The order of waiters, and what changes it.
extension RtMutexSuite {
  static let handOver = check(
    "hand-over", "the most urgent waiter is next, and among equals the waiter that came first"
  ) { random in
    let plain = [[10, 20, 20, 20], [10, 20, 30, 20, 30], [50, 20, 40, 30, 10]].map { priorities in
      script(priorities, mutexes: 1) { script in
        for task in priorities.indices { script.lock(task, 0) }
        script.unwind()
      }
    }
    // Hundreds have waited before: eight-bit numbers that tell which came first would wrap around among three equals.
    let worn = script([10, 20, 20, 20], mutexes: 1) { script in
      for _ in 0..<90 {
        for task in 0...3 { script.lock(task, 0) }
        script.unwind()
      }
    }
    return RtMutexPlaces.everywhere(plain) + [worn]
      + drawn(30, tasks: 6, mutexes: 1, steps: 14, RtMutexScript.Mix(), palette: [20, 30, 30, 40], &random)
  }

  static let movedUp = check(
    "moved-up", "a task that becomes more urgent while it waits moves up among the waiters"
  ) { random in
    let plain = [
      // B waits before C; then C inherits more.
      script([10, 30, 20, 40], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(2, 1)
        script.lock(1, 0)
        script.lock(2, 0)
        script.lock(3, 1)
        script.unwind()
      },
      // C becomes B's equal, and goes behind it.
      script([10, 30, 20, 30], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(2, 1, 0)
        script.lock(1, 0)
        script.lock(3, 1)
        script.unwind()
      },
    ]
    let mixed = (0..<40).map { _ in
      let priorities = [10] + (0..<6).map { _ in random.draw(2...5) * 10 }
      let boosters = random.shuffled([4, 5, 6])
      return script(priorities, mutexes: 4) { script in
        script.lock(0, 0)
        for task in 1...3 { script.lock(task, task, 0) }
        for task in boosters { script.lock(task, random.draw(1...3)) }
        script.unwind()
      }
    }
    return RtMutexPlaces.everywhere(plain) + mixed
  }

  static let movedDown = check(
    "moved-down", "a task that becomes less urgent while it waits moves down among the waiters"
  ) { random in
    // B falls to the priority that C and D have: by its own call, by losing what it inherits, and by both.
    let plain = [
      script([10, 40, 20, 20], mutexes: 1) { script in
        for task in 0...3 { script.lock(task, 0) }
        script.take(1, .setPriority(20))
        script.unwind()
      },
      script([10, 20, 20, 20, 40], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(1, 1, 0)
        script.lock(4, 1)
        script.lock(2, 0)
        script.lock(3, 0)
        script.take(4, .giveUp)
        script.unwind()
      },
      script([10, 30, 20, 20, 40], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(1, 1, 0)
        script.lock(4, 1)
        script.lock(2, 0)
        script.lock(3, 0)
        script.take(4, .setPriority(20))
        script.take(1, .setPriority(20))
        script.unwind()
      },
      // It falls below them, and below only one of them.
      script([10, 40, 20, 30, 15], mutexes: 1) { script in
        for task in 0...4 { script.lock(task, 0) }
        script.take(1, .setPriority(20))
        script.take(3, .setPriority(15))
        script.unwind()
      },
    ]
    let mixed = (0..<30).map { _ in
      let priorities = [10] + (0..<6).map { _ in random.draw(2...5) * 10 }
      return script(priorities, mutexes: 3) { script in
        script.lock(0, 0)
        for task in 1...2 { script.lock(task, task, 0) }
        for task in 3...4 { script.lock(task, 0) }
        for task in 5...6 { script.lock(task, random.draw(1...2)) }
        for task in random.shuffled([5, 6]) {
          if random.oneIn(2) {
            script.take(task, .giveUp)
          } else {
            script.take(task, .setPriority(random.draw(1...3) * 10))
          }
        }
        script.take(random.draw(1...4), .setPriority(random.draw(1...3) * 10))
        script.unwind()
      }
    }
    return RtMutexPlaces.everywhere(plain) + mixed
  }

  static let samePriority = check(
    "same-priority", "a waiter whose priority stays the same keeps its place, whatever happens around it"
  ) { random in
    // B waits before its equal C; what happens leaves it as urgent as it was.
    let happenings: [[RtMutexLab.Step]] = [
      // D and E lend B as much as it has, and give up again, in either order.
      [.init(3, .lock(1)), .init(3, .giveUp)],
      [.init(3, .lock(1)), .init(4, .lock(1)), .init(3, .giveUp)],
      [.init(3, .lock(1)), .init(4, .lock(1)), .init(4, .giveUp)],
      [.init(3, .setPriority(20)), .init(3, .lock(1)), .init(3, .setPriority(30))],
      // It is set to what it has, or to less than what it inherits.
      [.init(1, .setPriority(30))],
      [.init(3, .lock(1)), .init(1, .setPriority(20))],
      [.init(3, .lock(1)), .init(1, .setPriority(20)), .init(1, .setPriority(30)), .init(3, .giveUp)],
      [.init(3, .lock(1)), .init(1, .setPriority(0)), .init(4, .lock(1)), .init(3, .giveUp)],
      // A lock that would close a cycle is refused, at whatever priority.
      [.init(0, .lock(1)), .init(5, .lock(2)), .init(5, .lock(2))],
    ]
    let kept = happenings.map { steps in
      script([10, 30, 30, 30, 30, 40], mutexes: 3) { script in
        script.lock(1, 1)
        script.lock(0, 0)
        script.lock(1, 0)
        script.lock(2, 0)
        for step in steps { script.take(step.task, step.operation) }
        script.unwind()
      }
    }
    let replaced = [
      // What B inherits through m1 is replaced by what it inherits through m2.
      script([10, 20, 30, 30, 30], mutexes: 3) { script in
        script.lock(0, 0)
        script.lock(1, 1, 2)
        script.lock(3, 1)
        script.lock(1, 0)
        script.lock(2, 0)
        script.lock(4, 2)
        script.take(3, .giveUp)
        script.unwind()
      },
      // An owner in the middle of the chain stays as urgent when one of its two waiters gives up.
      script([10, 20, 20, 40, 40, 40], mutexes: 3) { script in
        script.lock(0, 0)
        script.lock(1, 1)
        script.lock(2, 2, 1)
        script.lock(3, 2)
        script.lock(4, 2)
        script.lock(1, 0)
        script.lock(5, 0)
        script.take(3, .giveUp)
        script.unwind()
      },
    ]
    let mixed = (0..<30).map { _ in
      script([10, 20, 30, 30, 30, 30, 30], mutexes: 3) { script in
        script.lock(0, 0)
        script.lock(1, 1, 2)
        script.lock(2, random.draw(1...2))
        script.lock(1, 0)
        script.lock(3, 0)
        for task in 4...6 { script.lock(task, random.draw(0...2)) }
        for _ in 0..<3 {
          let task = random.draw(1...6)
          if random.oneIn(2) {
            script.take(task, .giveUp)
          } else {
            script.take(task, .setPriority(random.draw(2...3) * 10))
          }
        }
        script.unwind()
      }
    }
    return RtMutexPlaces.everywhere(kept + replaced) + mixed
  }

  static let newOwner = check(
    "new-owner", "the tasks that still wait now wait for the new owner"
  ) { random in
    let plain = [
      // B is the first waiter for m0 because of D, which then gets what it wanted.
      script([10, 20, 30, 40], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(1, 1, 0)
        script.lock(2, 0)
        script.lock(3, 1)
        script.unlock(0)
        script.unlock(1)
        script.unwind()
      },
      // C, then B, is first because of a task that gets what it wanted; both then have the priority of their remaining
      // waiters.
      script([10, 20, 30, 40, 50, 25], mutexes: 3) { script in
        script.lock(0, 0)
        script.lock(1, 1, 0)
        script.lock(2, 2, 0)
        script.lock(3, 1)
        script.lock(4, 2)
        script.lock(5, 0)
        for mutex in [0, 2, 0, 1] { script.unlock(mutex) }
        script.unwind()
      },
      // Of the tasks that still wait, the last becomes more urgent: so does the new owner.
      script([10, 40, 30, 20, 50], mutexes: 2) { script in
        script.lock(3, 1)
        for task in 0...3 { script.lock(task, 0) }
        script.unlock(0)
        script.lock(4, 1)
        script.unwind()
      },
      // The new owner wants what the last of the remaining waiters owns.
      script([10, 40, 30, 20], mutexes: 2) { script in
        script.lock(3, 1)
        for task in 0...3 { script.lock(task, 0) }
        script.unlock(0)
        script.lock(1, 1)
        script.unwind()
      },
    ]
    let mixed = (0..<40).map { _ in
      let priorities = [10, 20] + (0..<4).map { _ in random.draw(2...6) * 10 }
      return script(priorities, mutexes: 3) { script in
        script.lock(0, 0)
        script.lock(1, 1, 2, 0)
        script.lock(2, 0)
        for task in 3...5 { script.lock(task, random.draw(0...2)) }
        script.unlock(0)
        for mutex in random.shuffled([1, 2]) { script.unlock(mutex) }
        script.unwind()
      }
    }
    return RtMutexPlaces.everywhere(plain) + mixed
  }
}
