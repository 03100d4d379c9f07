import Judging
import LabKernel
import SynchronizationChecks

// The priority of a task.
extension RtMutexSuite {
  static let ownership = check(
    "ownership", "only the owner can unlock a mutex, which then is free or goes to the first waiter"
  ) { random in
    let plain = [
      script([50, 50, 50], mutexes: 2) { script in
        script.take(0, .unlock(1))
        script.lock(0, 0)
        script.lock(1, 0)
        // Neither a waiter nor a task that has nothing to do with it can unlock it.
        for task in 1...2 { script.take(task, .unlock(0)) }
        script.lock(2, 1)
        script.take(2, .unlock(0))
        script.unlock(0)
        script.take(0, .unlock(0))
        script.lock(0, 0)
        script.unlock(0)
        script.unlock(0)
        script.lock(1, 0)
        script.unwind()
        for task in 0...2 { script.take(task, .unlock(0)) }
      },
      // The same mutex again and again, and another in between.
      script([40, 50], mutexes: 2) { script in
        for _ in 0..<3 {
          script.lock(0, 0, 1)
          script.unlock(0)
          script.lock(1, 0, 1)
          script.take(1, .unlock(1))
          script.unlock(1)
          script.unwind()
        }
      },
      // A task to which the owner could not have handed it does not get it.
      script([10, 40, 20], mutexes: 1) { script in
        for task in 0...2 { script.lock(task, 0) }
        script.take(1, .giveUp)
        script.take(1, .unlock(0))
        script.take(2, .giveUp)
        script.unlock(0)
        script.lock(1, 0)
        script.unwind()
      },
    ]
    // A task keeps what it has inherited when it is refused a mutex that it does not own.
    let refused = script([10, 40, 20], mutexes: 2) { script in
      script.lock(0, 0)
      script.lock(1, 0)
      script.take(0, .unlock(1))
      script.lock(2, 1)
      script.take(0, .unlock(1))
      script.unwind()
    }
    // One task owns a dozen mutexes.
    let rich = script([10, 20, 30, 40], mutexes: 12) { script in
      for mutex in 0..<12 { script.lock(0, mutex) }
      script.lock(1, 3)
      script.lock(2, 7)
      script.lock(3, 11)
      script.take(0, .lock(6))
      for mutex in random.shuffled(Array(0..<12)) { script.unlock(mutex) }
      script.unwind()
    }
    // Acquired, handed over and freed hundreds of times.
    let long = script([40, 50, 0], mutexes: 2) { script in
      for round in 0..<140 {
        script.lock(round % 3, 0)
        script.lock((round + 1) % 3, 0)
        script.unlock(0)
        script.unlock(0)
      }
    }
    return RtMutexPlaces.everywhere(plain + [refused, rich]) + [long]
      + drawn(20, tasks: 5, mutexes: 3, steps: 20, RtMutexScript.Mix(), palette: [30], &random)
  }

  static let inheritance = check(
    "inheritance", "an owner is as urgent as the most urgent task that waits for it, and not a moment longer"
  ) { random in
    let plain = [[10, 20], [20, 10], [20, 20], [10, 20, 30], [10, 30, 20], [30, 10, 20, 40]].map { priorities in
      script(priorities, mutexes: 1) { script in
        for task in priorities.indices { script.lock(task, 0) }
        script.unwind()
      }
    }
    let several = [[20, 30], [30, 20], [20, 20]].flatMap { others in
      [[0, 1], [1, 0]].map { order in
        script([10] + others, mutexes: 2) { script in
          script.lock(0, 0, 1)
          script.lock(1, 0)
          script.lock(2, 1)
          for mutex in order { script.unlock(mutex) }
          script.unwind()
        }
      }
    }
    return RtMutexPlaces.everywhere(plain + several)
      + drawn(20, tasks: 6, mutexes: 3, steps: 14, RtMutexScript.Mix(), palette: [20, 30, 30, 40], &random)
  }

  static let anyOrder = check(
    "any-order", "mutexes are unlocked in any order, and each takes with it what was inherited through it"
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

  static let longChains = check(
    "long-chains", "a chain may grow at either end or close in the middle, and may have any length"
  ) { random in
    let long = [10, 13, 16, 19, 25].map { length in
      // Grows at the far end, until the urgent task comes.
      script(Array(repeating: 10, count: length) + [90], mutexes: length) { script in
        for task in 0..<length { script.lock(task, task) }
        for task in 1...length { script.lock(task, task - 1) }
        script.unwind()
      }
    }
    let short = [[10, 20, 30], [10, 30, 20], [20, 20, 20, 40]].map { priorities in
      script(priorities, mutexes: priorities.count - 1) { script in
        for task in 0..<priorities.count - 1 { script.lock(task, task) }
        for task in 1..<priorities.count { script.lock(task, task - 1) }
        script.unwind()
      }
    }
    // The task in the middle owns several mutexes, and the urgent task waits for any of them.
    let rich = (1...4).map { wanted in
      script([10, 20, 40], mutexes: 5) { script in
        script.lock(0, 0)
        script.lock(1, 1, 2, 3, 4, 0)
        script.lock(2, wanted)
        script.unwind()
      }
    }
    return RtMutexPlaces.everywhere(short + rich) + long
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

  static let ordinaryTasks = check(
    "ordinary-tasks", "an ordinary task inherits a real-time priority, and lends none"
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
    return RtMutexPlaces.everywhere(plain)
      + drawn(20, tasks: 5, mutexes: 3, steps: 14, RtMutexScript.Mix(), palette: [0, 0, 1, 99], &random)
  }
}
