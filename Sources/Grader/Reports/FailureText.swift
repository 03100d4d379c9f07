import Judging

/// A failed check as text: the input, expected and actual, the first difference, the rule, and where to go from here.
///
/// ```
/// ✘ mlfqs: boost lifts starving jobs                  seed 41, shrunk 38 -> 3 jobs
///   jobs      A(0,20) B(0,20) C(2,4)   q=2  boost=10
///             0         10
///   expected  AABBCCAABBCCAABB
///   actual    AABBCCAABBAABBAA
///                       ^ first difference, t=10: C runnable since t=6
///   rule      after the boost period every job moves to the top queue
///   next      labs-cli hint mlfqs (1/3)   labs-cli read 2#boost
///   replay    labs-cli test mlfqs --check boost --seed 41
/// ```
/// Nothing is cut off: rows that are too wide are folded into bands, and the mark stands in the band where it belongs.
package struct FailureText: Sendable {
  /// The lab's slug.
  package var lab: String
  /// What holds when the check passes.
  package var title: String { check.title }
  /// The check that failed.
  private let check: GradedCheck
  /// The chapter section to read.
  package var section: String { check.section }
  /// How many hints the lab has.
  package var hints: Int
  /// How many of them the student has read.
  package var hintsRead: Int
  /// The command that runs the check again.
  package var replay: String
  /// Whether the input may be shown; a student does not see the input of a hidden check.
  package var showsInput: Bool
  /// Colours or none.
  package var ink: Ink

  /// The width that lines keep where possible.
  package static let width = 80

  /// A text about one check.
  package init(
    lab: String, check: GradedCheck, hints: Int, hintsRead: Int = 0, replay: String, showsInput: Bool = true,
    ink: Ink = Ink(false)
  ) {
    self.lab = lab
    self.check = check
    self.hints = hints
    self.hintsRead = hintsRead
    self.replay = replay
    self.showsInput = showsInput
    self.ink = ink
  }

  /// The lines for `verdict`: just one if the check passed.
  package func lines(_ verdict: Verdict) -> [String] {
    guard let failure = verdict.failure else {
      let note = verdict.remark.isEmpty ? [] : Self.note(verdict.remark, ink)
      return [ink(.good, "✔") + " \(lab): \(title)"] + note
    }
    let outcome = verdict.status == .failed ? "wrong" : verdict.status.rawValue
    let labels = (failure.input + failure.finding.picture.rows).map(\.label.count) + [outcome.count]
    let block = TextBlock(labelWidth: max(8, labels.max() ?? 0), width: Self.width, ink: ink)
    var lines = headline(verdict, failure)
    if showsInput {
      for row in failure.input { lines += block.folded([row], mark: nil) }
      lines += block.folded(failure.finding.picture.rows, mark: failure.finding.picture.mark)
      lines += block.wrapped(outcome, failure.finding.what)
    } else {
      lines += block.wrapped(outcome, "the input of a hidden check is not shown")
    }
    if !failure.call.isEmpty { lines += block.wrapped("in", failure.call) }
    lines += block.wrapped("rule", check.rule(brokenBy: failure.finding).says)
    lines += block.wrapped("next", next)
    return lines + (replay.isEmpty ? [] : block.unwrapped("replay", replay))
  }

  /// A note under the line of a check that passed.
  package static func note(_ text: String, _ ink: Ink) -> [String] {
    TextBlock(labelWidth: 8, width: width, ink: ink).wrapped("note", text)
  }

  private var next: String {
    guard hints > 0 else { return "labs-cli read \(section)" }
    let hint = hintsRead < hints ? "(\(hintsRead + 1)/\(hints))" : "--again"
    return "labs-cli hint \(lab) \(hint)   labs-cli read \(section)"
  }

  private func headline(_ verdict: Verdict, _ failure: Verdict.Failure) -> [String] {
    let name = "\(lab): \(title)"
    let facts = "seed \(verdict.seed)" + (failure.shrunk.isEmpty || !showsInput ? "" : ", shrunk \(failure.shrunk)")
    let cross = ink(.bad, "✘") + " " + ink(.strong, name)
    let gap = Self.width - 2 - name.count - facts.count
    if gap >= 2 { return [cross + String(repeating: " ", count: gap) + ink(.faint, facts)] }
    return [cross, "  " + ink(.faint, facts)]
  }
}

/// Labelled lines with one margin.
struct TextBlock {
  let labelWidth: Int
  let width: Int
  let ink: Ink

  private var margin: Int { 2 + labelWidth + 2 }
  private var columns: Int { max(20, width - margin) }

  /// Text under a label, broken between words.
  func wrapped(_ label: String, _ text: String) -> [String] {
    labelled(label, Self.wrapped(text, columns: columns))
  }

  /// Text in lines of at most `columns` columns, broken between words.
  static func wrapped(_ text: String, columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in Printable.text(text).split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.count + 1 + word.count > columns {
        lines.append(line.trimmedAtEnd)
        line = String(word)
      } else {
        line += line.isEmpty ? String(word) : " " + word
      }
    }
    return lines + [line]
  }

  /// Text under a label in one line, however long: a command to be copied.
  func unwrapped(_ label: String, _ text: String) -> [String] { labelled(label, [Printable.text(text)]) }

  /// Rows in one scale, folded together into bands, with the mark in the band where it belongs.
  func folded(_ rows: [Picture.Row], mark: Picture.Mark?) -> [String] {
    guard !rows.isEmpty else { return [] }
    let texts = rows.map { Array(Printable.text($0.text)) }
    let length = max(texts.map(\.count).max() ?? 0, (mark?.column ?? -1) + 1)
    var lines: [String] = []
    for start in stride(from: 0, to: max(length, 1), by: columns) {
      for (row, text) in zip(rows, texts) {
        let part = text.dropFirst(start).prefix(columns)
        if part.isEmpty && start > 0 { continue }
        lines += labelled(row.label, [String(part)])
      }
      if let mark, (start..<start + columns).contains(mark.column) { lines += pointer(mark, at: mark.column - start) }
    }
    return lines
  }

  /// The caret and its note; the note comes before the caret if there is no room after it.
  private func pointer(_ mark: Picture.Mark, at column: Int) -> [String] {
    let note = Printable.line(mark.note)
    let indent = String(repeating: " ", count: margin + column)
    if column + 2 + note.count <= columns { return [indent + ink(.bad, "^ " + note)] }
    if note.count + 1 <= column {
      return [String(repeating: " ", count: margin + column - note.count - 1) + ink(.bad, note + " ^")]
    }
    return [indent + ink(.bad, "^")] + wrapped("", note)
  }

  private func labelled(_ label: String, _ lines: [String]) -> [String] {
    let name = Printable.line(label)
    let head = "  " + ink(.faint, name) + String(repeating: " ", count: max(0, labelWidth - name.count) + 2)
    let rest = String(repeating: " ", count: margin)
    return lines.enumerated().map { ($0.offset == 0 ? head : rest) + $0.element }.map(\.trimmedAtEnd)
  }
}
