import Judging
import LabHarness
import LabKernel

/// What the answers to one case must be.
package struct ExecExpectation: Sendable, Equatable {
  /// How the loader is made; its arguments are looked at if it is.
  package var opening: ExecImageLab.Opening
  /// The answer to each call, in order.
  package var calls: [Answer]

  /// What one call must answer.
  package enum Answer: Sendable, Equatable {
    /// A read must answer this.
    case read(ExecImageLab.Reply)
    /// A stack must have these arguments on it.
    case stack([[UInt8]])
    /// What a task must become follows from what it was.
    case task
    /// No call is made.
    case skipped
  }

  /// Answers.
  package init(_ opening: ExecImageLab.Opening, _ calls: [Answer]) {
    self.opening = opening
    self.calls = calls
  }
}

/// Compares the answers to one case with what they must be.
package struct ExecJudge {
  private let input: ExecImageLab.Input
  private let request: ExecRequest
  /// The rules that are asked for; what files are, and whether the strings are refused, is always asked.
  private let rules: Set<String>

  /// Returns the first thing that is wrong with an output, or nil.
  package static func judge(
    _ input: ExecImageLab.Input, _ output: ExecImageLab.Output, by expected: ExecExpectation, rules: Set<String>
  ) -> Finding? {
    ExecJudge(input: input, request: input.setup.expanded, rules: rules).finding(output, expected)
  }

  private func finding(_ output: ExecImageLab.Output, _ expected: ExecExpectation) -> Finding? {
    if let finding = openingFinding(output.summary, expected.opening) { return finding }
    guard output.replies.count == input.calls.count, expected.calls.count == input.calls.count else {
      return Finding("\(input.calls.count) calls were made, but \(output.replies.count) answers came back")
    }
    var before = expected.opening.arguments
    for (place, answer) in expected.calls.enumerated() {
      if let finding = finding(place, output.replies[place], answer, before) { return finding }
      if case .read(.format(_, let arguments)) = answer { before = arguments }
    }
    return nil
  }

  private func openingFinding(_ actual: ExecImageLab.Opening, _ expected: ExecImageLab.Opening) -> Finding? {
    if actual.error != expected.error {
      let differ = Picture(expected: words(expected.error), actual: words(actual.error), note: "")
      let room = ExecRoom(request)
      return Finding(
        "init \(words(actual.error)); expected: \(words(expected.error))",
        picture: Picture(room.rows + differ.rows), rule: room.isTooLong ? "long-string" : "room")
    }
    guard expected.error == nil, actual.arguments != expected.arguments else { return nil }
    return Finding(
      "after init, arguments are not those of the caller",
      picture: Picture(expected: actual.arguments.words(beside: expected.arguments).1, actual: actual.arguments.words),
      rule: request.arguments.isEmpty ? "no-arguments" : "rewrite")
  }

  private func words(_ error: Errno?) -> String { error.map { "throws \($0)" } ?? "throws nothing" }

  private func finding(
    _ place: Int, _ actual: ExecImageLab.Reply, _ expected: ExecExpectation.Answer, _ before: ExecArguments
  ) -> Finding? {
    switch (input.calls[place], expected, actual) {
    case (.read(let content), .read(let reply), _):
      return ExecReadJudge(content: content, before: before).finding(actual, expected: reply)
    case (.stack(let top, let entry, let ids), .stack(let arguments), .stack(let dump)):
      let plan = ExecStackPlan(request, arguments: arguments, top: top, entry: entry, ids: ids)
      return ExecStackJudge(plan: plan, dump: dump, rules: rules).finding()
    case (.reset(let task, let entry, let stack), .task, .task(let after)):
      return ExecTaskJudge(before: task, entry: entry, stack: stack, file: request.file, rules: rules).finding(after)
    case (_, .skipped, .skipped): return nil
    case (.read, _, _), (.stack, _, _), (.reset, _, _): return Finding("an answer belongs to another call")
    }
  }
}

/// How long the strings of a request are, and how long they may be.
package struct ExecRoom {
  /// How many bytes the strings have, with their zero bytes.
  package let bytes: Int
  /// How many bytes they may have.
  package let room: Int
  /// Whether one of them is too long by itself.
  package let isTooLong: Bool

  /// The strings of a request.
  package init(_ request: ExecRequest) {
    let strings = request.arguments + request.environment
    let pointers = max(request.arguments.count, 1) + request.environment.count
    bytes = request.file.count + 1 + strings.map { $0.count + 1 }.reduce(request.arguments.isEmpty ? 1 : 0, +)
    room = max(131_072, min(6_291_456, request.stackLimit / 4)) - 8 * pointers
    isTooLong = (strings + [request.file]).contains { $0.count > 131_071 }
  }

  fileprivate var rows: [Picture.Row] {
    [Picture.Row("strings", "\(bytes) bytes"), Picture.Row("room", "\(room) bytes")]
  }
}
