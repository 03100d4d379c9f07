import Judging
import LabKernel
import Reference
import VisibleChecks

/// Compares the log of a pipe with that of the reference on the same case: exactly one is right.
///
/// Tasks that were woken, found nothing and sleep again are left out of the comparison: a wake-up too many is no
/// mistake.
struct PipeComparison {
  private let input: PipeLab.Input
  private let expected: PipeLab.Output
  private let actual: PipeLab.Output

  /// The first thing that is wrong with an output, or nil.
  static func judge(_ input: PipeLab.Input, _ output: PipeLab.Output) -> Finding? {
    let expected = PipeLab.run(Reference.pipe, on: input, calls: SilentCallLog())
    return PipeComparison(input: input, expected: expected, actual: output).finding
  }

  private var finding: Finding? {
    var judge = PipeJudge(input)
    var (right, given) = (expected.events[...], actual.events[...])
    while true {
      // Sleepers that were woken for nothing, before the next event that tells something.
      let (idleRight, idleGiven) = (right.popIdle(), given.popIdle())
      switch (right.popFirst(), given.popFirst()) {
      case (nil, nil):
        return endFinding
      case (let event?, let answer?) where event.step == answer.step && event.isRetry == answer.isRetry:
        if let finding = compare(answer, with: event, judge) { return finding }
        judge.follow(event)
        if answer.count != event.count { return judge.wrongCount(answer, expected: event.count) }
      case (let event, let answer):
        return strayFinding(event, answer, idleRight, idleGiven, judge)
      }
    }
  }

  private var endFinding: Finding? {
    if actual.isEndless { return .endless }
    return actual.asleep.sorted() == expected.asleep.sorted() ? nil : Finding("the answers do not fit the calls")
  }

  private func compare(_ given: PipeLab.Event, with event: PipeLab.Event, _ judge: PipeJudge) -> Finding? {
    if given.answer != event.answer { return judge.finding(given, expected: event.answer) }
    if case .read = input.steps[event.step].operation, given.content != event.content {
      return judge.wrongBytes(given, expected: event.content)
    }
    return nil
  }

  /// The logs go on with different calls: a sleeper went on that should not, or did not that should.
  private func strayFinding(
    _ event: PipeLab.Event?, _ answer: PipeLab.Event?, _ idleRight: ArraySlice<PipeLab.Event>,
    _ idleGiven: ArraySlice<PipeLab.Event>, _ judge: PipeJudge
  ) -> Finding {
    if actual.isEndless { return .endless }
    if let answer, idleRight.contains(where: { $0.step == answer.step }) {
      return judge.finding(answer, expected: .sleep(progress: 0))
    }
    if let event, let idle = idleGiven.first(where: { $0.step == event.step }) {
      return judge.finding(idle, expected: event.answer)
    }
    if let event, event.isRetry { return judge.forgotten(event.step, "its call can go on: \(event.answer.words)") }
    return Finding("the answers do not fit the calls")
  }
}

extension ArraySlice<PipeLab.Event> {
  /// Takes the events off the front in which a sleeper was woken, found nothing and sleeps again.
  fileprivate mutating func popIdle() -> ArraySlice<PipeLab.Event> {
    let idle = prefix { $0.isRetry && $0.answer == .sleep(progress: 0) }
    self = self[idle.endIndex...]
    return idle
  }
}
