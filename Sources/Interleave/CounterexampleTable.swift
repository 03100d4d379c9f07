/// A wrong execution as a table: one column per CPU, one row per event.
///
/// ```
///      CPU 0                CPU 1                line
///  1   reads next: 0                               12
///  2                        reads next: 0          12
///  3   next = 1                                    13
/// ```
///
/// Only what matters is shown. The events of a loop that waits are one row with a count; operations of a CPU that
/// concern only its own task are left out, and so is a buffer in which a store waits without effect. Separate columns
/// show the stores that wait in buffers, and which CPU holds the exclusive resource. A cross marks the row where the
/// execution went wrong.
package struct CounterexampleTable: Sendable, Equatable {
  /// What is wrong and what made it possible, in one or two sentences.
  package let cause: String
  /// The rows; the first names the columns.
  package let lines: [String]
  /// For each row after the first, after how many events of the execution it is complete.
  package let progress: [Int]
  /// For each row after the first, the lines that it takes.
  package let places: [Range<Int>]
  /// For each row after the first, the place of its code, as `file:line`; empty if that is not shown.
  package let sources: [String]
  /// For each row after the first, what the machine held when it was complete.
  package let states: [State]

  /// What a machine holds between two rows, in words.
  package struct State: Sendable, Equatable {
    /// The locations that are used, with their values.
    package var memory: String
    /// The stores that wait in buffers; empty if none do.
    package var buffers: String
    /// Which CPU is in which critical section; empty if none is.
    package var sections: String
  }

  struct Row: Equatable {
    var cpu: Int
    var text: String
    var place: String
    var holders: String
    var waiting: String
    var event: Event
    var times = 1
    /// Whether it says that a CPU waits forever.
    var isStuck = false
    /// How many events there have been up to here.
    var progress: Int
    /// Its number in the whole table; 0 for the row that stands for omitted ones.
    var number = 0
  }

  /// Draws an execution.
  ///
  /// - Parameter width: the width of the widest row, in columns, where possible.
  package init(
    _ counterexample: Counterexample, of unfolding: Unfolding, under model: MemoryModel, width: Int = 66
  ) {
    let replay = Replay(counterexample.execution.schedule, of: unfolding, under: model)
    cause = Self.cause(counterexample, replay, unfolding, model)
    let rows = RowWriter.rows(of: replay, unfolding, telling: counterexample.wrongEvent)
    let blocks = Self.draw(rows, wrong: Self.wrongRows(rows, counterexample), cpus: unfolding.cpus, width: width)
    lines = blocks.flatMap { $0 }
    progress = rows.map(\.progress)
    var places: [Range<Int>] = []
    for block in blocks.dropFirst() {
      let start = places.last?.upperBound ?? 1
      places.append(start..<start + block.count)
    }
    self.places = places
    sources = rows.map(\.place)
    let used = Set(replay.frames.map(\.event.operation).filter(\.isAtLocation).map(\.location))
    states = rows.map { row in State(replay.frames[..<row.progress].last, unfolding, used) }
  }
}

// Layout.

extension CounterexampleTable {
  /// The rows that are wrong: those that wait forever, the last one, or that of the CPU of which the property
  /// complains; none if there is no complaint.
  private static func wrongRows(_ rows: [Row], _ counterexample: Counterexample) -> Range<Int> {
    let stuck = rows.reversed().prefix { $0.isStuck }.count
    if stuck > 0 || counterexample.execution.ending.isFailure { return rows.count - max(stuck, 1)..<rows.count }
    guard counterexample.complaint != nil else { return 0..<0 }
    guard let wrong = counterexample.wrongEvent else { return rows.count - 1..<rows.count }
    let cpu = counterexample.execution.events[wrong].cpu
    let row = rows.lastIndex { $0.progress <= wrong + 1 && $0.cpu == cpu } ?? rows.count - 1
    return row..<row + 1
  }

  /// The text in the column of a row's CPU.
  private static func cell(_ row: Row) -> String { row.times > 1 ? "\(row.text), \(row.times) times" : row.text }

  /// The widths of the columns: one per CPU, then those to the right of them; 0 for a missing column.
  private struct Columns {
    var cpus: [Int]
    var line: Int
    var holder: Int
    var waiting: Int

    /// If there is not enough room, the wide columns are narrowed to a common width, but never below a word.
    init(_ rows: [Row], cpus count: Int, width: Int) {
      func widest(_ texts: [String]) -> Int { texts.map(\.columns).max() ?? 0 }
      func narrowest(_ text: String) -> Int {
        let words = text.split(separator: " ").enumerated()
        return words.map { ($0 == 0 ? 0 : 2) + (CounterexampleTable.pieces(of: $1).map(\.columns).max() ?? 0) }.max()
          ?? 0
      }
      line = max(4, widest(rows.map { CounterexampleTable.lineNumber($0.place) }))
      let holders = widest(rows.map(\.holders))
      holder = holders == 0 ? 0 : max(6, holders)
      let cells = (0..<count).map { cpu in max(6, widest(rows.filter { $0.cpu == cpu }.map(CounterexampleTable.cell))) }
      let left = width - 7 - line - (holder == 0 ? 0 : holder + 2)
      let longest = widest(rows.map(\.waiting))
      waiting = longest == 0 ? 0 : max(7, min(longest, max(16, left - cells.map { $0 + 2 }.reduce(0, +))))
      let room = left + 2 - (waiting == 0 ? 0 : waiting + 2) - 2 * count
      let level = (6...max(6, width)).last { level in cells.map { min($0, level) }.reduce(0, +) <= room } ?? 6
      cpus = cells.enumerated().map { cpu, cell in
        let texts = rows.filter { $0.cpu == cpu }.map(CounterexampleTable.cell)
        return max(min(cell, level), texts.map { narrowest($0) }.max() ?? 0)
      }
    }
  }

  /// Draws the lines of the head, then those of each row.
  private static func draw(_ rows: [Row], wrong: Range<Int>, cpus: Int, width: Int) -> [[String]] {
    let columns = Columns(rows, cpus: cpus, width: width)
    let digits = max(2, "\(rows.last?.number ?? 0)".count)
    let margin = String(repeating: " ", count: digits + 3)
    var head = margin
    for cpu in 0..<cpus { head += padded("CPU \(cpu)", columns.cpus[cpu]) + "  " }
    head += padded("line", columns.line)
    if columns.holder > 0 { head += "  " + padded("holder", columns.holder) }
    if columns.waiting > 0 { head += "  waiting" }
    return [[trimmed(head)]]
      + rows.enumerated().map { number, row in
        let label =
          (wrong.contains(number) ? "\u{2718}" : " ") + leftPadded(row.number > 0 ? "\(row.number)" : "", digits) + "  "
        return draw(row, label, margin, columns)
      }
  }

  private static func draw(_ row: Row, _ label: String, _ margin: String, _ columns: Columns) -> [String] {
    let parts = wrapped(cell(row), columns.cpus[row.cpu])
    let waiting = row.waiting.columns <= columns.waiting ? [row.waiting] : wrapped(row.waiting, columns.waiting)
    return (0..<max(parts.count, waiting.count)).map { index in
      let isFirst = index == 0
      var line = isFirst ? label : margin
      for (cpu, width) in columns.cpus.enumerated() {
        line += padded(cpu == row.cpu && index < parts.count ? parts[index] : "", width) + "  "
      }
      line += leftPadded(isFirst ? lineNumber(row.place) : "", columns.line)
      if columns.holder > 0 { line += "  " + padded(isFirst ? row.holders : "", columns.holder) }
      if index < waiting.count { line += "  " + waiting[index] }
      return trimmed(line)
    }
  }

  /// The line number alone; empty without a place that a student could look up.
  private static func lineNumber(_ place: String) -> String {
    place.lastIndex(of: ":").map { String(place[place.index(after: $0)...]) } ?? ""
  }

  private static func wrapped(_ text: String, _ width: Int) -> [String] {
    if text.columns <= width { return [text] }
    var lines = [""]
    for word in text.split(separator: " ") {
      for (number, piece) in (word.columns <= width - 2 ? [word] : pieces(of: word)).enumerated() {
        let last = lines.count - 1
        let gap = number == 0 && !lines[last].isEmpty ? " " : ""
        if !lines[last].isEmpty, lines[last].columns + gap.count + piece.columns > width {
          lines.append("  " + piece)
        } else {
          lines[last] += gap + piece
        }
      }
    }
    return lines
  }

  /// Splits a word into the pieces between which it may be broken: after a bracket or a dot, and before a capital
  /// if a piece is as long as a column can be.
  private static func pieces(of word: Substring) -> [Substring] {
    guard let end = word.firstIndex(where: { "([.".contains($0) }).map(word.index(after:)), end < word.endIndex else {
      guard word.count > longestPiece else { return [word] }
      let start = word.prefix(longestPiece)
      let hump = start.dropFirst().lastIndex { $0.isUppercase || $0 == "_" } ?? start.endIndex
      return [word[..<hump]] + pieces(of: word[hump...])
    }
    return [word[..<end]] + pieces(of: word[end...])
  }

  private static let longestPiece = 24

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.columns))
  }

  private static func leftPadded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.columns)) + text
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension CounterexampleTable.State {
  /// Describes what the machine held at a frame, or before the first.
  ///
  /// - Parameter used: the locations that matter in the execution.
  fileprivate init(_ frame: Replay.Frame?, _ unfolding: Unfolding, _ used: Set<Int>) {
    let own = unfolding.locations.indices.dropLast(unfolding.cpus).filter(used.contains)
    let sections = Set(unfolding.nodes.filter { $0.operation.kind == .enter }.map(\.operation.location))
    let hasHarness = unfolding.locations.contains(where: \.isOfSubject)
    memory = own.filter { !sections.contains($0) && (unfolding.isNamed($0) || !hasHarness) }.map { location in
      "\(unfolding.name(location)) = \(frame?.values[location] ?? unfolding.locations[location].initial)"
    }.joined(separator: ", ")
    buffers = (frame?.buffers ?? []).enumerated().filter { !$0.element.isEmpty }.map { cpu, stores in
      "CPU \(cpu): " + stores.map { "\(unfolding.name($0.location)) = \($0.value)" }.joined(separator: ", ")
    }.joined(separator: "; ")
    self.sections = (frame?.occupants ?? []).map { "CPU \($0.cpu) in \(unfolding.name($0.section))" }
      .joined(separator: ", ")
  }
}

extension Unfolding.Problem {
  /// What to tell the author of the code.
  package var sentence: String {
    switch self {
    case .nondeterministic:
      "the code behaved differently although everything that it read was the same: does it depend on an address, or on "
        + "what an earlier run left in a static variable?"
    case .tooLarge:
      "the CPUs could do more than \(Limits.unfolding) different things, counting each history separately: too many to "
        + "explore. Use fewer rounds, fewer CPUs or fewer different values"
    case .badCondition: "the condition of a spin(until:) trapped or used shared memory"
    case .incomplete: "what it sent is not everything that the code can do"
    }
  }
}
