import Judging
import LabKernel
import Reference
import VisibleChecks

/// Compares the log of a pipe with that of the reference on the same case: exactly one is right.
///
/// Tasks that were woken, found nothing and sleep again are left out of both: a wake-up too many is no mistake.
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
    let (right, given) = (expected.events.filter(\.isTelling), actual.events.filter(\.isTelling))
    for (index, event) in right.enumerated() {
      guard index < given.count else { return missing(event, judge) }
      if let finding = compare(given[index], with: event, judge) { return finding }
      judge.follow(event)
      if given[index].count != event.count { return judge.wrongCount(given[index], expected: event.count) }
    }
    if actual.isEndless { return .endless }
    guard given.count == right.count, actual.asleep.sorted() == expected.asleep.sorted() else {
      return Finding("the answers do not fit the calls")
    }
    return nil
  }

  private func compare(_ given: PipeLab.Event, with event: PipeLab.Event, _ judge: PipeJudge) -> Finding? {
    guard given.step == event.step, given.isRetry == event.isRetry else { return missing(event, judge) }
    if given.answer != event.answer { return judge.finding(given, expected: event.answer) }
    if case .read = input.steps[event.step].operation, given.content != event.content {
      return judge.wrongBytes(given, expected: event.content)
    }
    return nil
  }

  /// A task that should go on does not: where it slept, it was not woken.
  private func missing(_ event: PipeLab.Event, _ judge: PipeJudge) -> Finding {
    if actual.isEndless { return .endless }
    guard event.isRetry else { return Finding("\(input.words(event.step)): that call was never made") }
    return judge.forgotten(event.step, "its call can go on: \(event.answer.words)")
  }
}

extension PipeLab.Event {
  /// Whether it is more than a sleeper that was woken for nothing.
  fileprivate var isTelling: Bool { !(isRetry && answer == .sleep(progress: 0)) }
}
