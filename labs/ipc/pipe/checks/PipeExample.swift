import Judging
import LabHarness
import LabKernel

/// A case whose writes have answers written by hand: the judge alone does not know which slots are in use.
struct PipeExample: Sendable {
  /// The case.
  let input: PipeLab.Input
  /// The answers of its writes, in order; a try that finds no room and sleeps again is left out.
  private let answers: [PipeAnswer]
  /// Why, in the words of the task sheet.
  private let why: String
  /// The rule that asks for it, if that is not the first of the check.
  private let rule: String?

  /// A case with its answers.
  init(_ input: PipeLab.Input, _ answers: [PipeAnswer], _ why: String, rule: String? = nil) {
    self.rule = rule
    self.input = input
    self.answers = answers
    self.why = why
  }

  /// Returns a judge for every case that also knows these answers.
  static func judge(_ examples: [PipeExample]) -> @Sendable (PipeLab.Input, PipeLab.Output) -> Finding? {
    { input, output in
      if let finding = PipeJudge.judge(input, output) { return finding }
      return examples.first { $0.input == input }?.finding(output)
    }
  }

  private func finding(_ output: PipeLab.Output) -> Finding? {
    var judge = PipeJudge(input)
    var left = answers[...]
    for event in output.replies {
      if isWrite(event.step), !event.isIdle {
        let expected = left.popFirst() ?? .sleep(progress: 0)
        if event.answer != expected { return judge.finding(event, expected: expected, why, rule: rule) }
      }
      judge.follow(event)
    }
    guard !left.isEmpty, let sleeper = output.summary.asleep.first(where: isWrite) else { return nil }
    return judge.forgotten(sleeper, why)
  }

  private func isWrite(_ step: Int) -> Bool {
    guard input.calls.indices.contains(step), case .write = input.calls[step].operation else { return false }
    return true
  }
}

extension PipeLab.Reply {
  /// Whether a sleeper was woken, found nothing and sleeps again.
  package var isIdle: Bool { isRetry && answer == .sleep(progress: 0) }
}
