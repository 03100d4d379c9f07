import Judging
import LabHarness
import LabKernel

/// Follows the log of one case and finds the first answer that a pipe must not give.
///
/// It needs no other pipe to compare with: what a read must answer follows from what was written. What a write
/// must answer follows too, as long as the slots in use are known: where only whole pages were written, or where
/// there are so few writes that all of them fit.
package struct PipeJudge {
  private let input: PipeLab.Input
  /// The bytes in the pipe, according to the answers so far.
  package private(set) var stream = PipeStream()
  private var readers = 0
  private var writers = 0
  /// How much each write has moved so far, by its step; looked up, never iterated.
  private var moved: [Int: Int] = [:]
  /// Which slots are in use, in words, if that is known; empty otherwise.
  package var slots = ""

  /// A judge of one case, before its first event.
  package init(_ input: PipeLab.Input) { self.input = input }

  /// Returns the first thing that is wrong with an output, or nil.
  package static func judge(_ input: PipeLab.Input, _ output: PipeLab.Output) -> Finding? {
    if let misshapen = PipeShape.judge(input, output) { return misshapen }
    var judge = PipeJudge(input)
    for event in output.replies {
      if let finding = judge.finding(event) { return finding }
      judge.follow(event)
      if let finding = judge.countFinding(event) { return finding }
    }
    return judge.sleepFinding(output)
  }

  /// Follows an answer, right or wrong.
  package mutating func follow(_ event: PipeLab.Reply) {
    switch (input.calls[event.step].operation, event.answer) {
    case (.open(.read), _): readers += 1
    case (.open(.write), _): writers += 1
    case (.close(.read), _): readers -= 1
    case (.close(.write), _): writers -= 1
    case (.read, .done(let count)): _ = stream.take(min(max(count, 0), stream.count))
    case (.write(let total, _), .done(let count)), (.write(let total, _), .sleep(let count)):
      let offset = moved[event.step, default: 0]
      let taken = min(max(count, 0), total - offset)
      stream.put(taken, step: event.step, offset: offset)
      moved[event.step] = offset + taken
    case (.read, _), (.write, .failed): break
    }
  }
}

// What an answer must be.
extension PipeJudge {
  private mutating func finding(_ event: PipeLab.Reply) -> Finding? {
    if let finding = noiseFinding(event) { return finding }
    switch input.calls[event.step].operation {
    case .open, .close:
      return nil
    case .read(let count, let nonblocking):
      let (answer, why, rule) = readAnswer(count, nonblocking)
      if event.answer != answer { return finding(event, expected: answer, why, rule: rule) }
      return contentFinding(event)
    case .write(let total, let nonblocking):
      let rest = total - moved[event.step, default: 0]
      guard let (answer, why, rule) = writeAnswer(rest, nonblocking) else { return oddWriteFinding(event, rest) }
      return event.answer == answer ? nil : finding(event, expected: answer, why, rule: rule)
    }
  }

  /// What a call must answer, why, and by which rule.
  private typealias Right = (answer: PipeAnswer, why: String, rule: String)

  private func readAnswer(_ count: Int, _ nonblocking: Bool) -> Right {
    if count == 0 { return (.done(0), "no byte is asked for", "no-bytes") }
    if stream.count > 0 { return (.done(min(count, stream.count)), "a read takes what is there", "short-reads") }
    if writers == 0 {
      return (.done(0), "the pipe is empty and has no write end open: the end of the file", "end-of-file")
    }
    let why = "the pipe is empty and has a write end open"
    return (nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0), why, "empty-reads")
  }

  /// Returns what a write of `rest` bytes must answer, or nil if that is not known.
  private func writeAnswer(_ rest: Int, _ nonblocking: Bool) -> Right? {
    if rest == 0 { return (.done(0), "there is nothing to write", "no-bytes") }
    if readers == 0 { return (.failed(.EPIPE), "no read end is open", "broken-pipe") }
    if stream.mostSlots + (rest + pageSize - 1) / pageSize <= pipeSlots {
      return (.done(rest), "there is room for all of it", "slots")
    }
    guard let pages = stream.pages else { return nil }
    let room = (pipeSlots - pages) * pageSize
    let fitting = rest <= room ? rest : rest <= pipeBufferSize ? 0 : room
    let why = pipeSlots - pages == 1 ? "1 slot is free" : "\(pipeSlots - pages) slots are free"
    if fitting == rest { return (.done(rest), why, "slots") }
    let rule = rest <= pipeBufferSize ? "atomic" : "parts"
    if !nonblocking { return (.sleep(progress: fitting), why, rule) }
    return (fitting > 0 ? .done(fitting) : .failed(.EAGAIN), why, rule)
  }

  /// Even where it is not known how much fits, no more can be moved than there is, and a small write only as a whole.
  private func oddWriteFinding(_ event: PipeLab.Reply, _ rest: Int) -> Finding? {
    let count: Int
    switch event.answer {
    case .done(let done): count = done
    case .sleep(let progress): count = progress
    case .failed: return nil
    }
    if !(0...rest).contains(count) {
      return finding(event, expected: .done(rest), "there are no more bytes to write", rule: "parts")
    }
    guard rest <= pipeBufferSize, count > 0, count < rest else { return nil }
    return Finding(
      "\(input.words(event.step)): \(count) of \(rest) bytes were moved, but up to \(pipeBufferSize) go as a whole",
      picture: picture(event.step, expected: "all \(rest) bytes or none", actual: event.answer.words),
      rule: "atomic")
  }

  private func contentFinding(_ event: PipeLab.Reply) -> Finding? {
    guard case .done(let count) = event.answer, count > 0 else { return nil }
    var copy = stream
    let expected = copy.take(count)
    guard event.content != expected else { return nil }
    return wrongBytes(event, expected: expected)
  }

  private func countFinding(_ event: PipeLab.Reply) -> Finding? {
    guard event.count != stream.count else { return nil }
    return wrongCount(event, expected: stream.count)
  }

  /// Finds a call that wakes sleepers, though nothing has changed for them.
  package func noiseFinding(_ event: PipeLab.Reply) -> Finding? {
    guard event.woken > 0 else { return nil }
    switch (input.calls[event.step].operation, event.answer) {
    case (.open, _), (.close, _): return nil
    case (.read, .done(let count)) where count > 0: return nil
    case (.write, .done(let count)) where count > 0: return nil
    case (.write, .sleep(let progress)) where progress > 0: return nil
    case (.read, _), (.write, _): break
    }
    let tasks = event.woken == 1 ? "1 task" : "\(event.woken) tasks"
    return Finding(
      "\(input.words(event.step)): \(event.answer.words), and wakes \(tasks), though it moves no byte and closes no end",
      picture: picture(event.step, expected: "wakes no task", actual: "wakes \(tasks)"), rule: "quiet")
  }

  /// Finds a task that sleeps although its call could go on.
  private func sleepFinding(_ output: PipeLab.Output) -> Finding? {
    if output.summary.isEndless { return .endless }
    for step in output.summary.asleep where input.calls.indices.contains(step) {
      switch input.calls[step].operation {
      case .read where stream.count > 0:
        return forgotten(step, "there are \(stream.count) bytes to read")
      case .read where writers == 0:
        return forgotten(step, "no write end is open any longer")
      case .write where readers == 0:
        return forgotten(step, "no read end is open any longer")
      case .write where (stream.pages ?? pipeSlots) < pipeSlots:
        return forgotten(step, "there is a free slot")
      case .read, .write, .open, .close:
        continue
      }
    }
    return nil
  }
}

// Findings, in words and pictures.
extension PipeJudge {
  /// Reports a wrong answer.
  package func finding(
    _ event: PipeLab.Reply, expected: PipeAnswer, _ why: String, rule: String?
  ) -> Finding {
    let again = event.isRetry ? ", tried again" : ""
    return Finding(
      "\(input.words(event.step))\(again): \(event.answer.words); expected: \(expected.words) (\(why))",
      picture: picture(event.step, expected: expected.words, actual: event.answer.words), rule: rule)
  }

  /// Reports a read of other bytes than those that were written.
  package func wrongBytes(_ event: PipeLab.Reply, expected: ByteRuns) -> Finding {
    Finding(
      "\(input.words(event.step)) and gets the wrong bytes",
      picture: picture(event.step, expected: expected.described, actual: event.content.described), rule: "bytes")
  }

  /// Reports a wrong number of bytes in the pipe; the answer itself has been followed.
  package func wrongCount(_ event: PipeLab.Reply, expected: Int) -> Finding {
    Finding(
      "after \(input.words(event.step)), count is \(event.count), but \(expected) bytes are in the pipe",
      picture: picture(event.step, expected: "\(expected)", actual: "\(event.count)"), rule: "count")
  }

  /// Reports a task that sleeps although its call could go on.
  package func forgotten(_ step: Int, _ why: String) -> Finding {
    var isRead = false
    if case .read = input.calls[step].operation { isRead = true }
    return Finding(
      "\(input.words(step)), sleeps, and is not woken, though \(why)",
      picture: picture(step, expected: "woken", actual: "asleep"), rule: isRead ? "wake-readers" : "wake-writers")
  }

  private func picture(_ step: Int, expected: String, actual: String) -> Picture {
    let differ = Picture(expected: expected, actual: actual)
    let used = slots.isEmpty ? stream.pages.map { "\($0) of \(pipeSlots) in use" } : slots
    let rows = [
      Picture.Row("in pipe", stream.words), Picture.Row("slots", used ?? ""), Picture.Row("call", input.words(step)),
    ]
    return Picture(rows.filter { !$0.text.isEmpty } + differ.rows, mark: differ.mark)
  }
}

extension ByteRuns {
  /// The bytes, with the place in the pattern where each stretch begins: two stretches may differ in nothing else.
  fileprivate var described: String {
    let places = runs.prefix(4).map { String($0.first & 31) }.joined(separator: ", ")
    return words + " (places modulo 31: \(places))"
  }
}

extension Finding {
  /// Sleepers wake each other for nothing.
  package static var endless: Finding {
    Finding("sleeping tasks wake each other forever, and none of them can go on", rule: "quiet")
  }
}
