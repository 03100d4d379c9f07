import Judging
import LabKernel
import Reference
import VisibleChecks

/// The hidden checks of the rt-mutex lab.
///
/// The rules leave no choice, so that what comes of a step is right exactly if it is the reference's.
enum RtMutexSuite {
  /// From the plain to the subtle.
  static let suite = RtMutexChecks.suite(
    .hidden, shrinks: RtMutexShrinking.shrinks,
    [
      handOver, anyOrder, longChains, movedUp, newOwner, timeOut, deadlock, afterRefusal, ownerChanged, waiterChanged,
      ordinaryTasks, mixedWorkload,
    ])

  private static func check(
    _ id: String, _ title: String, rule: String,
    cases: @escaping @Sendable (inout RandomSource) -> [RtMutexLab.Input]
  ) -> Check<RtMutexLab> {
    Check(
      id: id, title: title, rule: rule, section: "4#priority-inheritance",
      cases: { seed in
        var source = RandomSource(seed: seed)
        return cases(&source)
      },
      judge: { input, output in
        let right = RtMutexLab.run(Reference.rtMutex, on: input, calls: SilentCallLog())
        return RtMutexJudge.judge(input, output, expected: right)
      })
  }

  private static func script(
    _ priorities: [Int], mutexes: Int, _ write: (inout RtMutexScript) -> Void
  ) -> RtMutexLab.Input {
    var script = RtMutexScript(priorities, mutexes: mutexes)
    write(&script)
    return script.input
  }

  /// Cases of chance: so many tasks with priorities of the palette, and what they do with the mutexes.
  private static func drawn(
    _ count: Int, tasks: Int, mutexes: Int, steps: Int, _ mix: RtMutexScript.Mix, palette: [Int],
    _ chance: inout RandomSource
  ) -> [RtMutexLab.Input] {
    (0..<count).map { _ in
      let priorities = (0..<tasks).map { _ in chance.pick(palette) }
      return script(priorities, mutexes: mutexes) { $0.draw(steps, mix, palette: palette, &chance) }
    }
  }

  private static let handOver = check(
    "hand-over", "the most urgent of those that wait is next, and of equals the one that came first",
    rule: "Waiters are in the order of their priorities; equals in the order in which they came to theirs."
  ) { random in
    let plain = [[10, 20, 20, 20], [10, 20, 30, 20, 30], [50, 20, 40, 30, 10]].map { priorities in
      script(priorities, mutexes: 1) { script in
        for task in priorities.indices { script.lock(task, 0) }
        script.unwind()
      }
    }
    return plain
      + drawn(30, tasks: 6, mutexes: 1, steps: 14, RtMutexScript.Mix(), palette: [20, 30, 30, 40], &random)
  }

  private static let anyOrder = check(
    "any-order", "mutexes are given back in any order, and each takes with it what was inherited by it",
    rule: "After unlock the priority is that of the most urgent waiter of what is left, or the normal one."
  ) { random in
    (0..<40).map { _ in
      let priorities = [10] + (0..<5).map { _ in random.draw(2...6) * 10 }
      let mutexes = random.draw(2...4)
      let order = random.shuffled(Array(0..<mutexes))
      return script(priorities, mutexes: mutexes) { script in
        for mutex in 0..<mutexes { script.lock(0, mutex) }
        for task in 1..<priorities.count { script.lock(task, random.draw(0...mutexes - 1)) }
        for mutex in order { script.take(0, .unlock(mutex)) }
        script.unwind()
      }
    }
  }

  private static let longChains = check(
    "long-chains", "a chain may grow at either end or close in the middle, and be of any length",
    rule: "Whoever comes to wait, all owners along the chain behind it are as urgent as it is, at once."
  ) { random in
    let long = [10, 13, 16, 19].map { length in
      // Grows at the far end, until the urgent one comes.
      script(Array(repeating: 10, count: length) + [90], mutexes: length) { script in
        for task in 0..<length { script.lock(task, task) }
        for task in 1...length { script.lock(task, task - 1) }
        script.unwind()
      }
    }
    return long
      + (0..<40).map { index in
        let length = 2 + index % 8
        let priorities = (0...length).map { _ in random.draw(1...9) * 10 }
        let links = random.shuffled(Array(1...length))
        return script(priorities, mutexes: length) { script in
          for task in 0..<length { script.lock(task, task) }
          for task in links { script.lock(task, task - 1) }
          script.unwind()
        }
      }
  }

  private static let movedUp = check(
    "moved-up", "a task that gets more urgent while it waits moves up among those that wait",
    rule: "Who inherits a priority while it waits goes to the place that this priority has, behind its new equals."
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
    return plain + mixed
  }

  private static let newOwner = check(
    "new-owner", "those that still wait wait for the new owner from here on",
    rule: "A mutex that changes hands takes its waiters along: the new owner inherits from them."
  ) { random in
    let plain = [
      // B is the first of those that wait for m0 because of D, who then gets what it wanted.
      script([10, 20, 30, 40], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(1, 1, 0)
        script.lock(2, 0)
        script.lock(3, 1)
        script.unlock(0)
        script.unlock(1)
        script.unwind()
      }
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
    return plain + mixed
  }

  private static let timeOut = check(
    "time-out", "who gives up takes back what it lent, along the whole chain",
    rule:
      "After giveUp nobody is urgent because of a task that waits no longer, and that task is never handed the mutex."
  ) { random in
    let plain = [
      script([10, 40], mutexes: 1) { script in
        script.lock(0, 0)
        script.lock(1, 0)
        script.take(1, .giveUp)
        script.unwind()
      },
      script([10, 20, 30, 40], mutexes: 3) { script in
        for task in 0...2 { script.lock(task, task) }
        for task in 1...3 { script.lock(task, task - 1) }
        script.take(3, .giveUp)
        script.take(2, .giveUp)
        script.unwind()
      },
    ]
    let mix = RtMutexScript.Mix(locks: 6, unlocks: 1, timeOuts: 2)
    return plain + drawn(40, tasks: 6, mutexes: 4, steps: 18, mix, palette: [10, 20, 30, 40, 50], &random)
  }

  private static let deadlock = check(
    "deadlock", "who would wait for itself, through however many others, is refused, and nobody else is",
    rule: "lock throws EDEADLK exactly if the chain of owners leads back to the caller."
  ) { random in
    let rings = (1...9).map { length in
      script(Array(repeating: 30, count: length), mutexes: length) { script in
        for task in 0..<length { script.lock(task, task) }
        for task in 0..<length { script.lock(task, (task + 1) % length) }
      }
    }
    // A chain that comes near the caller without leading to it.
    let harmless = script([30, 30, 30, 30], mutexes: 3) { script in
      script.lock(0, 0)
      script.lock(1, 1, 0)
      script.lock(2, 2, 1)
      script.lock(3, 2)
      script.unwind()
    }
    let mix = RtMutexScript.Mix(locks: 6, unlocks: 1, rings: 2)
    return rings + [harmless] + drawn(30, tasks: 5, mutexes: 5, steps: 16, mix, palette: [30], &random)
  }

  private static let afterRefusal = check(
    "after-refusal", "a lock that was refused leaves no trace",
    rule: "Where lock throws, no priority, no owner and no queue has changed."
  ) { random in
    let plain = [
      // B is refused m0, and does not wait for it: A gives it back, and it is free.
      script([10, 40], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(1, 1)
        script.lock(0, 1)
        script.lock(1, 0)
        script.take(1, .unlock(1))
        script.unwind()
      }
    ]
    let mix = RtMutexScript.Mix(locks: 6, unlocks: 2, timeOuts: 1, rings: 3)
    return plain + drawn(40, tasks: 5, mutexes: 4, steps: 18, mix, palette: [10, 20, 30, 40], &random)
  }

  private static let ownerChanged = check(
    "owner-changed", "an owner whose normal priority changes is as urgent as the new one or its waiters demand",
    rule: "The priority is always the most urgent of the normal one and those of all who wait for what the task has."
  ) { random in
    let plain = [20, 45, 60].map { priority in
      script([30, 40], mutexes: 1) { script in
        script.lock(0, 0)
        script.take(0, .setPriority(priority))
        script.lock(1, 0)
        script.take(0, .setPriority(10))
        script.unwind()
      }
    }
    let mixed = (0..<40).map { _ in
      let priorities = (0..<5).map { _ in random.draw(1...6) * 10 }
      return script(priorities, mutexes: 2) { script in
        script.lock(0, 0, 1)
        for task in 1...4 {
          if random.oneIn(2) { script.take(0, .setPriority(random.draw(1...6) * 10)) }
          script.lock(task, random.draw(0...1))
        }
        for mutex in random.shuffled([0, 1]) {
          script.take(0, .setPriority(random.draw(1...6) * 10))
          script.unlock(mutex)
        }
        script.unwind()
      }
    }
    return plain + mixed
  }

  private static let waiterChanged = check(
    "waiter-changed", "a waiter whose normal priority changes takes its new place, and the chain behind it follows",
    rule: "A task whose priority changes while it waits goes behind its new equals, and lends the new priority."
  ) { random in
    let plain = [
      script([10, 20, 30], mutexes: 1) { script in
        for task in 0...2 { script.lock(task, 0) }
        script.take(1, .setPriority(50))
        script.unwind()
      },
      script([10, 20, 30, 20], mutexes: 1) { script in
        for task in 0...3 { script.lock(task, 0) }
        script.take(2, .setPriority(20))
        script.unwind()
      },
      // Set to what it was: it keeps its place.
      script([10, 20, 20], mutexes: 1) { script in
        for task in 0...2 { script.lock(task, 0) }
        script.take(1, .setPriority(20))
        script.unwind()
      },
    ]
    let mixed = (0..<40).map { _ in
      let priorities = (0..<5).map { _ in random.draw(2...5) * 10 }
      return script(priorities, mutexes: 3) { script in
        for task in 0...2 { script.lock(task, task) }
        script.lock(1, 0)
        script.lock(2, random.draw(0...1))
        for task in 3...4 { script.lock(task, random.draw(0...2)) }
        for _ in 0..<3 { script.take(random.draw(1...4), .setPriority(random.draw(1...6) * 10)) }
        script.unwind()
      }
    }
    return plain + mixed
  }

  private static let ordinaryTasks = check(
    "ordinary-tasks", "an ordinary task inherits a real-time priority, and lends none",
    rule: "Ordinary tasks take part like all others; on the kernel's scale they come after every real-time task."
  ) { random in
    let plain = [
      script([0, 50], mutexes: 1) { script in
        script.lock(0, 0)
        script.lock(1, 0)
        script.unwind()
      },
      script([20, 0, 0, 1], mutexes: 1) { script in
        for task in 0...3 { script.lock(task, 0) }
        script.unwind()
      },
      script([0, 0, 99], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(1, 1, 0)
        script.lock(2, 1)
        script.take(2, .giveUp)
        script.unwind()
      },
    ]
    return plain + drawn(20, tasks: 5, mutexes: 3, steps: 14, RtMutexScript.Mix(), palette: [0, 0, 1, 99], &random)
  }

  private static let mixedWorkload = check(
    "mixed-workload", "every rule holds at once", rule: "The whole contract, as the task sheet states it."
  ) { random in
    let mix = RtMutexScript.Mix(locks: 8, unlocks: 4, timeOuts: 1, changes: 1, rings: 1)
    return drawn(60, tasks: 6, mutexes: 4, steps: 30, mix, palette: [0, 10, 20, 20, 30, 40], &random)
      + drawn(20, tasks: 12, mutexes: 8, steps: 60, mix, palette: [10, 20, 30, 40, 50, 60, 70], &random)
  }
}
