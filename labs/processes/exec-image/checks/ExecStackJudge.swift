import Judging
import LabHarness
import LabKernel

/// Compares a stack with its plan, and draws the first difference.
package struct ExecStackJudge {
  private let plan: ExecStackPlan
  private let pointer: Int
  private let count: Int
  private let bytes: [UInt8]
  private let rules: Set<String>

  /// A judge of one stack.
  package init(plan: ExecStackPlan, dump: ExecDump, rules: Set<String>) {
    self.plan = plan
    self.rules = rules
    (pointer, count, bytes) = (dump.pointer, dump.count, dump.bytes)
  }

  /// Returns the first thing that is wrong, among what is asked for, or nil.
  package func finding() -> Finding? {
    if let finding = edgeFinding() { return finding }
    let checks: [() -> Finding?] = [wordsFinding, stringsFinding, alignmentFinding]
    return checks.lazy.compactMap { $0() }.first
  }

  /// Whatever is asked for, the bytes must reach from the pointer to the top.
  private func edgeFinding() -> Finding? {
    let (end, overflow) = pointer.addingReportingOverflow(count)
    guard overflow || end != plan.top || pointer < 0 else { return nil }
    let stack = "\(count) bytes from \(ExecQuote.hexadecimal(pointer)) on"
    return Finding(
      "the stack has \(stack), which do not end at the top, \(ExecQuote.hexadecimal(plan.top))", rule: "strings")
  }

  private func wordsFinding() -> Finding? {
    for (index, cell) in plan.cells.enumerated() where rules.contains(cell.rule) {
      // Where only the order of the words is asked for, any address with the right string will do.
      let actual = word(pointer &+ 8 * index)
      if actual == cell.value || !rules.contains("strings") && leadsThere(actual, cell) { continue }
      let what = cell.role == "kind" ? "the kind before \(plan.cells[index + 1].role)" : cell.role
      return Finding(
        "\(what) is \(described(actual)); expected: \(planned(cell.value))", picture: wordsPicture(to: index),
        rule: cell.rule)
    }
    return nil
  }

  /// Whether a word that must be the address of a string is the address of an equal one.
  private func leadsThere(_ address: Int?, _ cell: ExecStackPlan.Cell) -> Bool {
    guard cell.role.hasPrefix("argv") || cell.role.hasPrefix("envp") || cell.role == "AT_EXECFN" else { return false }
    guard let address, let found = string(address) else { return false }
    return found == plannedString(cell.value)
  }

  private func stringsFinding() -> Finding? {
    guard rules.contains("strings") else { return nil }
    for offset in plan.tail.indices.reversed() where byte(plan.place + offset) != plan.tail[offset] {
      let row = offset / 8 * 8
      return Finding(
        "the bytes at the top of the stack are wrong, looked at from the top down",
        picture: stringsPicture(from: row, difference: offset - row), rule: "strings")
    }
    return nil
  }

  private func alignmentFinding() -> Finding? {
    guard rules.contains("alignment") else { return nil }
    let right = plan.pointer
    if pointer != right {
      return Finding(
        "the stack pointer is \(ExecQuote.hexadecimal(pointer)); expected: \(ExecQuote.hexadecimal(right))",
        picture: Picture(
          [
            Picture.Row("strings", "from \(ExecQuote.hexadecimal(plan.place)) on"),
            Picture.Row("words", "\(plan.cells.count), \(8 * plan.cells.count) bytes"),
          ] + Picture(expected: ExecQuote.hexadecimal(right), actual: ExecQuote.hexadecimal(pointer)).rows),
        rule: "alignment")
    }
    let end = right + 8 * plan.cells.count
    guard let dirty = (end..<plan.place).first(where: { byte($0) != 0 }) else { return nil }
    return Finding(
      "the byte at \(ExecQuote.hexadecimal(dirty)), between the words and the strings, is \(byte(dirty) ?? 0), not 0",
      rule: "alignment")
  }
}

// What is where.
extension ExecStackJudge {
  private func byte(_ address: Int) -> UInt8? {
    let offset = address &- pointer
    return bytes.indices.contains(offset) ? bytes[offset] : nil
  }

  private func word(_ address: Int) -> Int? {
    var word = 0
    for index in 0..<8 {
      guard let byte = byte(address &+ index) else { return nil }
      word |= Int(byte) << (8 * index)
    }
    return word
  }

  /// The string at an address, if it ends inside the stack.
  private func string(_ address: Int) -> [UInt8]? {
    let offset = address &- pointer
    guard bytes.indices.contains(offset), let end = bytes[offset...].firstIndex(of: 0) else { return nil }
    return Array(bytes[offset..<end])
  }

  /// The string that the plan has at an address.
  private func plannedString(_ address: Int) -> [UInt8]? {
    let offset = address - plan.place
    return plan.tail.indices.contains(offset) ? Array(plan.tail[offset...].prefix { $0 != 0 }) : nil
  }
}

// Pictures: an address on the left, and what is there.
extension ExecStackJudge {
  private func described(_ word: Int?) -> String {
    guard let word else { return "outside the stack" }
    let number = (0...9999).contains(word) ? "\(word)" : ExecQuote.hexadecimal(word)
    return string(word).map { "\(number) \(ExecQuote.string($0, most: 10))" } ?? number
  }

  private func planned(_ word: Int) -> String {
    let number = (0...9999).contains(word) ? "\(word)" : ExecQuote.hexadecimal(word)
    return plannedString(word).map { "\(number) \(ExecQuote.string($0, most: 10))" } ?? number
  }

  private func wordsPicture(to last: Int) -> Picture {
    var rows = [Picture.Row("", row("word", "expected", "actual"))]
    for index in max(0, last - 4)...last {
      let cell = plan.cells[index]
      rows.append(
        Picture.Row(
          ExecQuote.hexadecimal(plan.pointer + 8 * index),
          row(cell.role, planned(cell.value), described(word(pointer &+ 8 * index)))))
    }
    return Picture(rows, mark: Picture.Mark(column: Self.third, note: "first difference"))
  }

  private func stringsPicture(from start: Int, difference: Int) -> Picture {
    var rows = [Picture.Row("", row("bytes", "expected", "actual"))]
    let last = max(start, min(start + 24, (plan.tail.count - 1) / 8 * 8))
    for offset in stride(from: last, through: start, by: -8) {
      let places = offset..<min(offset + 8, plan.tail.count)
      let right = places.map { Self.letter(plan.tail[$0]) }.joined()
      let given = places.map { byte(plan.place + $0).map(Self.letter) ?? "?" }.joined()
      rows.append(Picture.Row(ExecQuote.hexadecimal(plan.place + offset), row("", right, given)))
    }
    return Picture(rows, mark: Picture.Mark(column: Self.third + difference, note: "first difference from above"))
  }

  /// A byte as one character: a dot in the middle for zero.
  private static func letter(_ byte: UInt8) -> String {
    byte == 0 ? "·" : (33...126).contains(byte) ? String(UnicodeScalar(byte)) : "?"
  }

  private static let second = 12
  private static let third = 38

  private func row(_ first: String, _ second: String, _ third: String) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    return padded(padded(first, Self.second) + second, Self.third) + third
  }
}
