import Judging
import LabHarness
import LabKernel

/// Compares the result of each step with what follows from the rules, and explains the first difference.
package struct RtMutexJudge {
  private let input: RtMutexLab.Input
  /// Which task owns what after the current step, according to the right answers.
  private var situation: RtMutexSituation
  private var history = RtMutexHistory()

  /// Returns the first thing that is wrong with an output, or nil.
  ///
  /// - Parameter expected: what follows from the rules.
  package static func judge(
    _ input: RtMutexLab.Input, _ output: RtMutexLab.Output, expected: RtMutexLab.Output
  ) -> Finding? {
    guard isWellFormed(output, like: expected) else { return Finding("the output does not fit the steps") }
    var judge = RtMutexJudge(input: input, situation: RtMutexSituation(input))
    for (index, (right, given)) in zip(expected.replies, output.replies).enumerated() {
      let before = judge.situation
      judge.situation.follow(input.calls[index], right.answer)
      if let finding = judge.finding(index, right, given, before) { return finding }
      judge.history.follow(index, input.calls[index], right, judge.situation)
    }
    return nil
  }

  private static func isWellFormed(_ output: RtMutexLab.Output, like expected: RtMutexLab.Output) -> Bool {
    output.replies.count == expected.replies.count
      && zip(expected.replies, output.replies).allSatisfy { right, given in
        right.owners.count == given.owners.count && right.priorities.count == given.priorities.count
      }
  }

  private func finding(
    _ index: Int, _ right: RtMutexLab.Reply, _ given: RtMutexLab.Reply, _ before: RtMutexSituation
  ) -> Finding? {
    let step = input.words(index)
    if given.answer != right.answer {
      let (expected, actual) = (right.answer.words, given.answer.words)
      return Finding(
        "\(step): \(actual); expected: \(expected)\(reason(index, right, given, before))",
        picture: Picture(
          [Picture.Row("step", step), Picture.Row("expected", expected), Picture.Row("actual", actual)]),
        rule: answerRule(input.calls[index], right.answer, given.answer, before))
    }
    if let mutex = right.owners.indices.first(where: { right.owners[$0] != given.owners[$0] }) {
      let (expected, actual) = (ownerName(right.owners[mutex]), ownerName(given.owners[mutex]))
      return Finding(
        "after the step '\(step)', the owner of m\(mutex) is \(actual), but should be \(expected)",
        rule: ownerRule(input.calls[index], mutex, right))
    }
    guard let task = right.priorities.indices.first(where: { right.priorities[$0] != given.priorities[$0] }) else {
      return given.touched < 0 ? nil : trespass(step, given.touched)
    }
    let (expected, actual) = (RtMutexLab.words(right.priorities[task]), RtMutexLab.words(given.priorities[task]))
    return Finding(
      "after the step '\(step)', \(name(task)) is at \(actual), not \(expected): \(source(of: task, right))",
      picture: .priorities(right.priorities, given.priorities, markedAt: task, after: step),
      rule: priorityRule(input.calls[index], task, right, given))
  }

  /// Reports that more of a task has changed than its priority.
  private func trespass(_ step: String, _ task: Int) -> Finding {
    let changed = input.priorities.indices.contains(task) ? name(task) : "an unknown task"
    return Finding(
      "the step '\(step)' changed more of \(changed) than setPriority does: a protocol may change nothing else of "
        + "a task",
      rule: "hands-off")
  }

  /// Returns why the right answer is right.
  private func reason(
    _ index: Int, _ right: RtMutexLab.Reply, _ given: RtMutexLab.Reply, _ before: RtMutexSituation
  ) -> String {
    let step = input.calls[index]
    switch (step.operation, right.answer) {
    case (.lock(let mutex), .refused(.EDEADLK)): return " (\(ring(step.task, mutex, before)))"
    case (.lock(let mutex), .waits): return " (\(ownerName(before.owners[mutex])) owns it, and can unlock it)"
    case (.lock, .acquired): return " (no task owns it)"
    case (.unlock(let mutex), .refused(.EPERM)): return " (\(ownerName(before.owners[mutex])) owns it)"
    case (.unlock, .handed(let next)): return " (\(name(next)) is the first of the waiting tasks: \(order))"
    case (_, _): return ""
    }
  }

  private let order = "the most urgent, and among equals the task that has had its priority longest"

  /// Returns the chain that leads back to `task`, which wants `mutex`.
  private func ring(_ task: Int, _ mutex: Int, _ situation: RtMutexSituation) -> String {
    var words = "\(ownerName(situation.owners[mutex])) owns it"
    var owner = situation.owners[mutex]
    for _ in situation.owners {
      guard owner != task, let next = situation.next(after: owner) else { break }
      words += " and waits for m\(next.mutex); \(ownerName(next.owner)) owns m\(next.mutex)"
      owner = next.owner
    }
    return words
  }

  /// Returns where the right priority of a task comes from.
  private func source(of task: Int, _ right: RtMutexLab.Reply) -> String {
    let priority = right.priorities[task]
    for waiter in right.priorities.indices where right.priorities[waiter] == priority {
      guard let next = situation.next(after: waiter), next.owner == task else { continue }
      return
        "\(name(waiter)), which is at \(RtMutexLab.words(priority)), waits for m\(next.mutex), which \(name(task)) owns"
    }
    let isOwner = situation.owners.contains(task)
    return isOwner ? "no more urgent task waits for a mutex that it owns" : "it owns no mutex"
  }

  private func name(_ task: Int) -> String { String(TaskLetter.of(task)) }

  private func ownerName(_ task: Int) -> String {
    if task < 0 { return "no task" }
    return input.priorities.indices.contains(task) ? name(task) : "an unknown task"
  }

  private init(input: RtMutexLab.Input, situation: RtMutexSituation) {
    self.input = input
    self.situation = situation
  }
}

// The rule of the sheet that is broken.
extension RtMutexJudge {
  private func answerRule(
    _ step: RtMutexLab.Step, _ right: RtMutexLab.Answer, _ given: RtMutexLab.Answer, _ before: RtMutexSituation
  ) -> String? {
    switch (step.operation, right, given) {
    case (.lock(let mutex), .refused, _): before.owners[mutex] == step.task ? "deadlock-self" : "deadlock-ring"
    case (.lock, .waits, .refused): "no-false-alarm"
    case (.lock, .waits, _): "waits"
    case (.lock, _, _): "acquires"
    case (.unlock, .refused, _): "not-owner"
    case (.unlock, .handed(let next), .handed(let other)): history.rule(next, other)
    case (.unlock, .handed, _): "hands-over"
    case (.unlock, _, .handed): "gives-up"
    case (.unlock, _, _): "becomes-free"
    case (.giveUp, _, _), (.setPriority, _, _): nil
    }
  }

  private func ownerRule(_ step: RtMutexLab.Step, _ mutex: Int, _ right: RtMutexLab.Reply) -> String? {
    switch (step.operation, right.answer) {
    case (_, .refused(.EDEADLK)): "refusal"
    case (_, .refused): right.owners[mutex] < 0 ? "owner-of" : "not-owner"
    case (.lock, .acquired): "acquires"
    case (.lock, _): "waits"
    case (.unlock, .handed): "hands-over"
    case (.unlock, _): "becomes-free"
    case (.giveUp, _): "gives-up"
    case (.setPriority, _): nil
    }
  }

  private func priorityRule(
    _ step: RtMutexLab.Step, _ task: Int, _ right: RtMutexLab.Reply, _ given: RtMutexLab.Reply
  ) -> String? {
    if given.priorities[task] < 0 { return "ordinary" }
    switch (step.operation, right.answer) {
    case (_, .refused(.EDEADLK)): return "refusal"
    case (_, .refused): return "not-owner"
    case (.lock(let mutex), _): return situation.owners[mutex] == task ? "inherits" : "chain"
    case (.unlock, .handed(task)): return "new-owner"
    case (.unlock, _) where task == step.task:
      return given.priorities[task] > right.priorities[task] ? "takes-back" : "any-mutex"
    case (.unlock, _): return "chain"
    case (.giveUp, _): return "time-out-takes-back"
    case (.setPriority, _):
      return task == step.task && situation.owners.contains(task) ? "owner-changed" : "waiter-changed"
    }
  }
}
