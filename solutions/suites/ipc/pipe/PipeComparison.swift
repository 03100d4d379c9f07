import IPCChecks
import Judging
import LabHarness
import LabKernel
import Reference

/// Compares the log of a pipe with that of the reference on the same case: exactly one is right.
///
/// Tasks that were woken, found nothing and sleep again are left out of the comparison: an extra wake-up is no mistake,
/// unless it comes from a call that has changed nothing.
struct PipeComparison {
  private let input: PipeLab.Input
  private let expected: PipeLab.Output
  private let actual: PipeLab.Output
  private var judge: PipeJudge
  private var slots = PipeSlots()
  /// What each write has moved so far, by its step; looked up, never iterated.
  private var moved: [Int: Int] = [:]

  /// Returns the first thing that is wrong with an output, or nil.
  static func judge(_ input: PipeLab.Input, _ output: PipeLab.Output) -> Finding? {
    if let misshapen = PipeShape.judge(input, output) { return misshapen }
    let expected = PipeLab.run(Reference.pipe, on: input, calls: SilentCallLog())
    var comparison = PipeComparison(input: input, expected: expected, actual: output, judge: PipeJudge(input))
    return comparison.finding()
  }

  private mutating func finding() -> Finding? {
    var (right, given) = (expected.replies[...], actual.replies[...])
    while true {
      judge.slots = slots.words
      // Sleepers that were woken for nothing, before the next event that matters.
      let (idleRight, idleGiven) = (right.popIdle(), given.popIdle())
      if let finding = idleGiven.lazy.compactMap({ [judge] in judge.noiseFinding($0) }).first { return finding }
      switch (right.popFirst(), given.popFirst()) {
      case (nil, nil):
        return actual.summary.isEndless ? .endless : nil
      case (let event?, let answer?) where event.step == answer.step && event.isRetry == answer.isRetry:
        if let finding = compare(answer, with: event) { return finding }
        judge.follow(event)
        follow(event)
        if answer.count != event.count { return judge.wrongCount(answer, expected: event.count) }
      case (let event, let answer):
        return strayFinding(event, answer, idleRight, idleGiven)
      }
    }
  }

  private func compare(_ given: PipeLab.Reply, with event: PipeLab.Reply) -> Finding? {
    if given.answer != event.answer {
      return judge.finding(given, expected: event.answer, why(event), rule: rule(event, given.answer))
    }
    if case .read = input.calls[event.step].operation, given.content != event.content {
      return judge.wrongBytes(given, expected: event.content)
    }
    return judge.noiseFinding(given)
  }

  private mutating func follow(_ event: PipeLab.Reply) {
    switch (input.calls[event.step].operation, event.answer) {
    case (.read, .done(let count)): slots.take(count)
    case (.write(let total, _), .done(let count)), (.write(let total, _), .sleep(let count)):
      let before = moved[event.step, default: 0]
      slots.put(count, rest: total - before, of: total)
      moved[event.step] = before + count
    case (.read, _), (.write, .failed), (.open, _), (.close, _): break
    }
  }

  /// Returns why the right answer is right.
  private func why(_ event: PipeLab.Reply) -> String {
    switch (input.calls[event.step].operation, event.answer) {
    case (.open, _), (.close, _): ""
    case (.read(0, _), _), (.write(0, _), _): "0 bytes are done immediately"
    case (.read, .done(0)): "the pipe is empty and has no write end open: the end of the file"
    case (.read, .done): "a read takes what is there"
    case (.read, _): "the pipe is empty and has a write end open"
    case (.write, .failed(.EPIPE)): "no read end is open"
    case (.write(let total, _), _): slots.why(total - moved[event.step, default: 0], of: total)
    }
  }

  /// Returns the rule that tells a right answer from another.
  private func rule(_ event: PipeLab.Reply, _ given: PipeAnswer) -> String? {
    switch (input.calls[event.step].operation, event.answer) {
    case (.open, _), (.close, _): nil
    case (.read(0, _), _), (.write(0, _), _): "no-bytes"
    case (.read, .done(0)): "end-of-file"
    case (.read, .done): "short-reads"
    case (.read, _): "empty-reads"
    case (.write, .failed(.EPIPE)): "broken-pipe"
    case (.write(let total, _), _): slots.rule(total - moved[event.step, default: 0], of: total, event.answer, given)
    }
  }

  /// Reports that the logs continue with different calls: a sleeper went on that should not, or did not that should.
  private func strayFinding(
    _ event: PipeLab.Reply?, _ answer: PipeLab.Reply?, _ idleRight: ArraySlice<PipeLab.Reply>,
    _ idleGiven: ArraySlice<PipeLab.Reply>
  ) -> Finding {
    if actual.summary.isEndless { return .endless }
    if let answer, let idle = idleRight.first(where: { $0.step == answer.step }) {
      return judge.finding(answer, expected: .sleep(progress: 0), why(idle), rule: rule(idle, answer.answer))
    }
    if let event, let idle = idleGiven.first(where: { $0.step == event.step }) {
      return judge.finding(idle, expected: event.answer, why(event), rule: rule(event, idle.answer))
    }
    if let event, event.isRetry {
      return judge.forgotten(event.step, "its call can go on: \(event.answer.words), as \(why(event))")
    }
    guard let answer else { return judge.forgotten(event?.step ?? 0, "its call can go on") }
    return judge.finding(answer, expected: .sleep(progress: 0), why(answer), rule: rule(answer, answer.answer))
  }
}

extension ArraySlice<PipeLab.Reply> {
  /// Takes events off the front in which a sleeper was woken, found nothing and sleeps again.
  fileprivate mutating func popIdle() -> ArraySlice<PipeLab.Reply> {
    let idle = prefix(while: \.isIdle)
    self = self[idle.endIndex...]
    return idle
  }
}
