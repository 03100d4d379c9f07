import Judging
import LabHarness
import LabKernel
import SynchronizationChecks

// Waiters that give up, are refused, or change.
extension RtMutexSuite {
  static let timeOut = check(
    "time-out", "a time-out ends the loan along the whole chain"
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
    let long = chains { script, last in
      script.take(last, .giveUp)
      script.take(last - 1, .giveUp)
    }
    return RtMutexPlaces.everywhere(plain) + long
      + drawn(40, tasks: 6, mutexes: 4, steps: 18, mix, palette: [10, 20, 30, 40, 50], &random)
  }

  static let deadlock = check(
    "deadlock", "a lock is refused exactly if the caller would wait for itself, through however many others"
  ) { random in
    let rings = (Array(1...9) + [17, 20, 26]).map { length in
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
    return RtMutexPlaces.everywhere(Array(rings.prefix(3)) + [harmless]) + rings.dropFirst(3)
      + drawn(30, tasks: 5, mutexes: 5, steps: 16, mix, palette: [30], &random)
  }

  static let afterRefusal = check(
    "after-refusal", "a refused lock leaves no trace"
  ) { random in
    let plain = [
      // B is refused m0, and does not wait for it: A unlocks it, and it is free.
      script([10, 40], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(1, 1)
        script.lock(0, 1)
        script.lock(1, 0)
        script.take(1, .unlock(1))
        script.unwind()
      },
      // A is refused what it owns, and B what A owns; both keep what they have inherited.
      script([10, 20, 50, 40], mutexes: 2) { script in
        script.lock(0, 0)
        script.lock(1, 1)
        script.lock(2, 0)
        script.take(0, .lock(0))
        script.lock(3, 1)
        script.lock(0, 1)
        script.take(1, .lock(0))
        script.take(1, .lock(1))
        script.unwind()
      },
    ]
    // If A had waited for a moment, B would have become more urgent, and then gone behind C.
    let order = script([30, 20, 20], mutexes: 2) { script in
      script.lock(0, 1)
      script.lock(1, 0, 1)
      script.lock(2, 1)
      script.lock(0, 0)
      script.unwind()
    }
    let mix = RtMutexScript.Mix(locks: 6, unlocks: 2, timeOuts: 1, rings: 3)
    return RtMutexPlaces.everywhere(plain + [order])
      + drawn(40, tasks: 5, mutexes: 4, steps: 18, mix, palette: [10, 20, 30, 40], &random)
  }

  static let ownerChanged = check(
    "owner-changed", "an owner whose normal priority changes is as urgent as that priority or its waiters demand"
  ) { random in
    let plain = [20, 45, 60].flatMap { priority in
      [
        script([30, 40], mutexes: 1) { script in
          script.lock(0, 0)
          script.take(0, .setPriority(priority))
          script.lock(1, 0)
          script.take(0, .setPriority(10))
          script.unwind()
        },
        // The owner that is set was handed the mutex.
        script([10, 50, 30], mutexes: 1) { script in
          for task in 0...2 { script.lock(task, 0) }
          script.unlock(0)
          script.take(1, .setPriority(priority))
          script.take(1, .setPriority(10))
          script.unwind()
        },
      ]
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
    return RtMutexPlaces.everywhere(plain) + mixed
  }

  static let waiterChanged = check(
    "waiter-changed", "a waiter whose normal priority changes takes its new place, and its chain of owners follows"
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
    let long = chains { script, last in
      script.take(last, .setPriority(50))
      script.take(last / 2, .setPriority(60))
      script.take(last, .setPriority(70))
      script.take(last, .setPriority(5))
    }
    return RtMutexPlaces.everywhere(plain) + long + mixed
  }

  /// Makes chains of up to as many tasks as there can be, and what is done when the last of them waits.
  private static func chains(_ write: (inout RtMutexScript, _ last: Int) -> Void) -> [RtMutexLab.Input] {
    [10, 17, 25, TaskLetter.count].map { length in
      script(Array(repeating: 10, count: length - 1) + [30], mutexes: length - 1) { script in
        for task in 0..<length - 1 { script.lock(task, task) }
        for task in 1..<length { script.lock(task, task - 1) }
        write(&script, length - 1)
        script.unwind()
      }
    }
  }
}
