import LabHarness
import LabKernel

/// The first tick at which another task ran than should have, in the words of the broken rule.
///
/// What came before is the same in both schedules, so the tasks' history up to there may be taken from either.
struct RealtimeDifference {
  private let input: RealtimeLab.Input
  private let events: [RealtimeLab.Event]
  /// The task that ran on each CPU, by the tick, according to the output.
  private let ran: [[Int?]]
  private let cpu: Int
  private let time: Int
  /// The task that should have run, if there is one.
  private let due: Int?
  /// The task that ran, if there is one.
  private let chosen: Int?

  init(_ input: RealtimeLab.Input, _ output: RealtimeLab.Output, expected: [String], cpu: Int, time: Int) {
    self.input = input
    events = output.events
    ran = output.timelines.map { $0.map(TaskLetter.task) }
    self.cpu = cpu
    self.time = time
    due = Array(expected[cpu]).dropFirst(time).first.flatMap(TaskLetter.task)
    chosen = ran[cpu].dropFirst(time).first ?? nil
  }

  /// What to say about it: one sentence, and the rule of the sheet that is broken, if that is clear.
  typealias Telling = (sentence: String, rule: String?)

  /// What is wrong.
  var telling: Telling {
    guard let due else { return (chosen.map { "\(name($0)) ran at t=\(time), when no task should" } ?? "", nil) }
    guard let chosen else { return ("the CPU was idle at t=\(time), though \(name(due)) could run", "level-empties") }
    if rank(due) > rank(chosen) { return urgency(due, chosen) }
    if rank(due) < rank(chosen) {
      return ("\(name(chosen)) ran at t=\(time), when it was the turn of \(name(due))", nil)
    }
    if due == previous { return lostTurn(due, to: chosen) }
    if chosen == previous { return keptTurn(chosen, from: due) }
    return order(due, before: chosen)
  }

  /// Tells that a more urgent task waited.
  private func urgency(_ due: Int, _ chosen: Int) -> Telling {
    let isNew = runnableSince(due) == time
    let wait =
      switch firstRuns(due) {
      case let first? where isNew: " and first ran at t=\(first)"
      case let first?: ", but went on only at t=\(first)"
      case nil: ", but did not run"
      }
    let yielded = events.contains(RealtimeLab.Event(time: time, task: due, .yielded))
    let rule = yielded ? "yield-level" : isNew && chosen == previous ? "preempts" : "most-urgent"
    return (
      "\(name(due)) \(isNew ? "became runnable" : "could run") at t=\(time)\(wait), while \(name(chosen)) ran", rule
    )
  }

  /// Tells that a task that should have gone on lost the CPU to an equal.
  private func lostTurn(_ task: Int, to equal: Int) -> Telling {
    switch change(of: task) {
    case let before? where before > rank(task):
      return (
        "\(name(task)) was lowered at t=\(time) and goes before its new equals, but \(name(equal)) ran", "lowered"
      )
    case let before? where before == rank(task):
      let place = "is as urgent at t=\(time) as before and keeps its place"
      return ("\(name(task)) \(place), but its equal \(name(equal)) ran", "unmoved")
    case _: break
    }
    if runnableSince(equal) == time {
      let taken = "became runnable at t=\(time) and took the CPU from its equal"
      return ("\(name(equal)) \(taken) \(name(task))", "equal-waits")
    }
    let loss = "\(name(task)) lost the CPU to its equal \(name(equal)) at t=\(time)"
    switch policy(task) {
    case .fifo: return ("\(loss): SCHED_FIFO has no time slices", "fifo-no-slice")
    case .roundRobin, .normal: return ("\(loss), before its slice was used up", sliceRule(task) ?? "refill")
    }
  }

  /// Tells that a task went on that should have given way to an equal.
  private func keptTurn(_ task: Int, from equal: Int) -> Telling {
    if let before = change(of: task), before < rank(task) {
      let place = "was raised at t=\(time) and goes behind its new equals"
      return ("\(name(task)) \(place), but ran on before \(name(equal))", "raised")
    }
    if events.contains(RealtimeLab.Event(time: time, task: task, .yielded)) {
      let wait = "ran on while its equal \(name(equal)) waited"
      return ("\(name(task)) yielded at t=\(time), but \(wait)", "yield-tail")
    }
    if policy(task) == .roundRobin {
      let slice = "at t=\(time) with its slice used up"
      return ("\(name(task)) ran on \(slice), while its equal \(name(equal)) waited", sliceRule(task) ?? "turn")
    }
    return ("\(name(task)) ran on at t=\(time), when it was the turn of its equal \(name(equal))", nil)
  }

  /// Tells that of two waiting tasks, the wrong one was chosen.
  private func order(_ due: Int, before chosen: Int) -> Telling {
    let (first, second) = (runnableSince(due), runnableSince(chosen))
    if let last = lastRan(due), last + 1 > first, !events.contains(where: { $0.task == due && $0.time == last + 1 }),
      ran[cpu].indices.contains(last + 1), let other = ran[cpu][last + 1], rank(other) > rank(due)
    {
      let place = "was preempted at t=\(last + 1) and goes on before its equals"
      return ("\(name(due)) \(place), but \(name(chosen)) ran at t=\(time)", "keeps-place")
    }
    if lastRan(due).map({ $0 < first }) ?? true, lastRan(chosen).map({ $0 < second }) ?? true, first <= second {
      let when = first == second ? "both at t=\(first)" : "at t=\(first) and t=\(second)"
      let rule = lastRan(chosen) == nil ? "begins" : "wakes"
      return ("\(name(due)) became runnable before its equal \(name(chosen)) (\(when)), which ran first", rule)
    }
    return ("\(name(chosen)) ran at t=\(time), when it was the turn of its equal \(name(due))", nil)
  }

  /// Returns the rule about what is left of a task's slice, by what has happened to the task last.
  private func sliceRule(_ task: Int) -> String? {
    let last = events.last { $0.task == task && $0.time <= time && $0.time > 0 }
    let stop = lastStop(of: task)
    if let last, last.time >= stop ?? 0 {
      switch last.what {
      case .becameRunnable: return lastRan(task, before: last.time) == nil ? nil : "slice-asleep"
      case .yielded: return "slice-yielding"
      case .changed: return "slice-changed"
      }
    }
    return stop == nil ? nil : "slice-preempted"
  }

  /// Returns the tick at which a more urgent task last took the CPU from this one.
  private func lastStop(of task: Int) -> Int? {
    ran[cpu].indices.prefix(time).last { tick in
      guard tick > 0, ran[cpu][tick - 1] == task, let other = ran[cpu][tick] else { return false }
      return rank(other) > rank(task)
    }
  }
}

// What is known of the tasks at that tick.
extension RealtimeDifference {
  /// Returns a task with its policy and priority: `B (fifo 70)`.
  private func name(_ task: Int) -> String {
    let now = standing(of: task)
    return "\(TaskLetter.of(task)) (\(now.policy.words(now.priority)))"
  }

  private func standing(of task: Int) -> (policy: SchedulingPolicy, priority: Int) {
    var now = (policy: input.tasks[task].policy, priority: input.tasks[task].priority)
    for event in events where event.task == task && event.time <= time {
      if case .changed(let policy, let priority) = event.what { now = (policy, priority) }
    }
    return now
  }

  private func policy(_ task: Int) -> SchedulingPolicy { standing(of: task).policy }

  /// Returns the rank of a task: the larger runs first; ordinary tasks come last.
  private func rank(_ task: Int) -> Int { standing(of: task).priority }

  /// The task that ran there until now.
  private var previous: Int? { time > 0 && ran[cpu].indices.contains(time - 1) ? ran[cpu][time - 1] : nil }

  private func runnableSince(_ task: Int) -> Int {
    events.last { $0.task == task && $0.time <= time && $0.what == .becameRunnable }?.time ?? 0
  }

  private func lastRan(_ task: Int) -> Int? { lastRan(task, before: time) }

  private func lastRan(_ task: Int, before end: Int) -> Int? {
    ran.compactMap { $0.prefix(end).lastIndex(of: task) }.max()
  }

  private func firstRuns(_ task: Int) -> Int? { ran.compactMap { $0.dropFirst(time).firstIndex(of: task) }.min() }

  /// Returns the priority that a task had until now, if it was set at this tick.
  private func change(of task: Int) -> Int? {
    var before = input.tasks[task].priority
    for event in events where event.task == task && event.time <= time {
      guard case .changed(_, let priority) = event.what else { continue }
      if event.time == time { return before }
      before = priority
    }
    return nil
  }
}
