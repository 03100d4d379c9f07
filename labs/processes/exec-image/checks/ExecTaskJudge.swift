import Judging
import LabHarness
import LabKernel

/// Compares a task after execve(2) with what it was before.
package struct ExecTaskJudge {
  private let before: ExecTask
  private let entry: Int
  private let stack: Int
  private let file: [UInt8]
  private let rules: Set<String>

  /// A judge of what is left of one task.
  package init(before: ExecTask, entry: Int, stack: Int, file: [UInt8], rules: Set<String>) {
    self.before = before
    self.entry = entry
    self.stack = stack
    self.file = file
    self.rules = rules
  }

  /// Returns the first thing that is wrong, among what is asked for, or nil.
  package func finding(_ after: ExecTask) -> Finding? {
    let findings = [
      differ("name", "the name", ExecQuote.string(before.name), ExecQuote.string(name), ExecQuote.string(after.name)),
      differ("reset", "the counter", "\(before.counter)", "\(entry)", "\(after.counter)"),
      differ("reset", "the stack pointer", "\(before.stackPointer)", "\(stack)", "\(after.stackPointer)"),
      registersFinding(after.registers),
      differ(
        "reset", "the alternate stack", words(before.alternateStack), words(nil), words(after.alternateStack)),
      descriptorsFinding(after.descriptors),
      actionsFinding(after.actions),
      differ("kept", "the blocked signals", "\(before.blocked)", "\(before.blocked)", "\(after.blocked)"),
      differ("kept", "the pending signals", "\(before.pending)", "\(before.pending)", "\(after.pending)"),
    ]
    return findings.lazy.compactMap { $0 }.first { rules.contains($0.rule ?? "") }
  }

  /// What follows the last slash, fifteen bytes of it at most.
  private var name: [UInt8] {
    let rest = file.split(separator: 47, omittingEmptySubsequences: false).last ?? []
    return Array(rest.prefix(15))
  }

  private func differ(
    _ rule: String, _ what: String, _ was: String, _ expected: String, _ actual: String
  ) -> Finding? {
    expected == actual ? nil : finding(rule, what, was, expected, actual)
  }

  private func finding(
    _ rule: String, _ what: String, _ was: String, _ expected: String, _ actual: String
  ) -> Finding {
    let rows = Picture(expected: expected, actual: actual)
    return Finding(
      "reset gets \(what) wrong",
      picture: Picture([Picture.Row("before", was)] + rows.rows, mark: rows.mark), rule: rule)
  }

  private func registersFinding(_ after: [Int]) -> Finding? {
    guard after.count == before.registers.count else {
      return differ(
        "kept", "the number of its registers", "\(before.registers.count)", "\(before.registers.count)",
        "\(after.count)")
    }
    let zeros = Array(repeating: 0, count: after.count)
    return differ("reset", "the registers", "\(before.registers)", "\(zeros)", "\(after)")
  }

  private func descriptorsFinding(_ after: [ExecTask.Descriptor]) -> Finding? {
    let kept = before.descriptors.filter { !$0.closesOnExec }
    if after == kept { return nil }
    let isClosed = kept == after.filter { !$0.closesOnExec }
    return finding(
      isClosed ? "reset" : "kept", "the open descriptors", words(before.descriptors), words(kept), words(after))
  }

  private func actionsFinding(_ after: [ExecTask.Action]) -> Finding? {
    guard after.count == before.actions.count else {
      return differ(
        "kept", "the number of its actions", "\(before.actions.count)", "\(before.actions.count)", "\(after.count)")
    }
    for (index, was) in before.actions.enumerated() {
      var right = was
      (right.flags, right.mask) = (0, 0)
      if was.handler != .ignored { right.handler = .standard }
      if let finding = differ(
        "signals", "the action of signal \(index + 1)", words(was), words(right), words(after[index]))
      {
        return finding
      }
    }
    return nil
  }

  private func words(_ action: ExecTask.Action) -> String {
    let handler =
      switch action.handler {
      case .standard: "standard"
      case .ignored: "ignored"
      case .function(let address): "function at \(ExecQuote.hexadecimal(address))"
      }
    return "\(handler), flags \(action.flags), mask \(action.mask)"
  }

  private func words(_ descriptors: [ExecTask.Descriptor]) -> String {
    let words = descriptors.prefix(10).map { "\($0.number)" + ($0.closesOnExec ? " (close on exec)" : "") }
    let rest = descriptors.count > 10 ? ", … (\(descriptors.count) in all)" : ""
    return words.isEmpty ? "none" : words.joined(separator: ", ") + rest
  }

  private func words(_ stack: ExecTask.AlternateStack?) -> String {
    stack.map { "\($0.size) bytes at \(ExecQuote.hexadecimal($0.start))" } ?? "none"
  }
}
