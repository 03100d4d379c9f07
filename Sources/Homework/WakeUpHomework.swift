import LabKernel

/// Which tasks of a wait queue a wake-up wakes.
struct WakeUpHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  private struct Waiter {
    var name: String
    var isExclusive: Bool
    /// Whether a signal has already woken it, independently of the queue.
    var isAwake: Bool

    var words: String {
      name + (isExclusive ? ", exclusive" : "") + (isAwake ? ", already awake" : "")
    }
  }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    var queue = Self.queue(&random)
    // A question is worth asking if there are waiters of each kind.
    while Set(queue.map(\.isExclusive)).count < 2 || Set(queue.map(\.isAwake)).count < 2 { queue = Self.queue(&random) }
    let calls = ["wakeUp()", "wakeUp()", random.oneIn(4) ? "wakeUpAll()" : "wakeUp()"]
    let question =
      ["These tasks are on a wait queue, the first to be queued at the top:", ""] + queue.map { "    " + $0.words } + [
        "", "Another CPU calls \(calls.listed), one after the other; in between, no task is queued and none runs.",
        "Which tasks does each call wake, and which are still asleep on the queue after it?",
      ]
    let answer = calls.map { call in
      let woken = Self.wake(&queue, all: call == "wakeUpAll()")
      let asleep = queue.filter { !$0.isAwake }.map(\.name)
      return "  " + call.filled(13) + "wakes \(woken.listed); asleep: \(asleep.listed)"
    }
    let reason = "A task that was already awake does not count as woken: the wake-up goes to the next one."
    return (question, answer + ["", reason])
  }

  private static func queue(_ random: inout RandomSource) -> [Waiter] {
    (0..<random.draw(4...7)).map { number in
      Waiter(name: "T\(number)", isExclusive: random.draw(0...2) > 0, isAwake: random.oneIn(4))
    }
  }

  /// Wakes all non-exclusive waiters and one exclusive waiter, or all; returns the names of the tasks that slept.
  private static func wake(_ queue: inout [Waiter], all: Bool) -> [String] {
    var left = 1
    var woken: [String] = []
    queue = queue.compactMap { waiter in
      guard !waiter.isAwake else { return waiter }
      guard all || !waiter.isExclusive || left > 0 else { return waiter }
      if waiter.isExclusive { left -= 1 }
      woken.append(waiter.name)
      return nil
    }
    return woken
  }
}
