import Judging
import LabHarness
import LabKernel

/// Compares what a read answers with what it must answer.
struct ExecReadJudge {
  /// The file that was read.
  let content: [ExecText]
  /// The arguments before it was read.
  let before: ExecArguments

  /// Returns what is wrong with an answer, or nil.
  func finding(_ actual: ExecImageLab.Reply, expected: ExecImageLab.Reply) -> Finding? {
    guard actual != expected else { return nil }
    if case .format(let format, let arguments) = actual, case .format(format, let right) = expected {
      return argumentsFinding(arguments, right)
    }
    return Finding(
      "read \(actual.words); expected: \(expected.words)",
      picture: picture(expected: expected.words, actual: actual.words), rule: rule(actual, expected))
  }

  private func argumentsFinding(_ actual: ExecArguments, _ expected: ExecArguments) -> Finding {
    let (given, right) = actual.words(beside: expected)
    return Finding(
      "read returns the right format, but the arguments afterwards are wrong",
      picture: picture(expected: right, actual: given), rule: argumentsRule(actual, expected))
  }

  private func picture(expected: String, actual: String) -> Picture {
    let differ = Picture(expected: expected, actual: actual)
    return Picture(
      [Picture.Row("file", ExecQuote.file(head)), Picture.Row("before", before.words)] + differ.rows, mark: differ.mark)
  }

  private var head: [UInt8] { Array(content.flatMap(\.bytes).prefix(execHeadSize)) }

  /// Whether the line goes on behind what was read.
  private var isCut: Bool { head.count == execHeadSize && !head.contains(10) && !head.contains(0) }

  /// Returns the rule that tells the right answer from the given one.
  private func rule(_ actual: ExecImageLab.Reply, _ expected: ExecImageLab.Reply) -> String {
    if [actual, expected].contains(.failed(.ELOOP)) { return "levels" }
    if [actual, expected].contains(.failed(.E2BIG)) { return "room-later" }
    guard head.starts(with: [35, 33]) else { return "format" }
    if expected == .failed(.ENOEXEC) { return isCut ? "cut-path" : "no-path" }
    return isCut ? "cut-argument" : "interpreter"
  }

  /// Returns the rule that tells the right arguments from the given ones.
  private func argumentsRule(_ actual: ExecArguments, _ expected: ExecArguments) -> String {
    guard expected.count > before.count + 1 else {
      return actual.count == expected.count + 1 && actual.first.first == expected.first.first
        ? "one-argument" : "rewrite"
    }
    if isCut { return "cut-argument" }
    let isElsewhere =
      actual.count == expected.count && actual.first.dropFirst().first == expected.first.dropFirst().first
    return isElsewhere ? "rewrite" : "one-argument"
  }
}

extension ExecImageLab.Reply {
  /// The answer to a read, in few words.
  var words: String {
    switch self {
    case .format(.program, _): "returns .program"
    case .format(.script(let path), _): "returns .script with \(ExecQuote.string(path))"
    case .failed(let error): "throws \(error)"
    case .stack, .task, .skipped: "answers another call"
    }
  }
}
