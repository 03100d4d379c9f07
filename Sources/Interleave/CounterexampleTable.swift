/// A wrong execution as a table: a column a CPU, a row an event.
///
/// ```
///      CPU 0                CPU 1                line
///  1   reads next: 0                               12
///  2                        reads next: 0          12
///  3   next = 1                                    13
/// ```
///
/// Only what matters is shown. Events of a loop that waits are one row with their number; what a CPU does in its own
/// task's name alone is left out. Under TSO a column shows the stores that wait in buffers. A cross stands in front of
/// the row where it went wrong.
package struct CounterexampleTable: Sendable, Equatable {
  /// What is wrong and what made it possible, in one or two sentences.
  package let cause: String
  /// The rows, the first of them naming the columns.
  package let lines: [String]
  /// For each row behind the first, after how many events of the execution it is complete.
  package let progress: [Int]
  /// For each row behind the first, which of the lines it takes.
  package let places: [Range<Int>]
  /// For each row behind the first, what the machine held when it was complete.
  package let states: [State]

  /// What a machine holds between two rows, in words.
  package struct State: Sendable, Equatable {
    /// All locations with their values.
    package var memory: String
    /// The stores that wait in buffers; empty if none do.
    package var buffers: String
    /// Who is in which critical section; empty if nobody is.
    package var sections: String
  }

  struct Row: Equatable {
    var cpu: Int
    var text: String
    var place: String
    var waiting: String
    var event: Event
    var times = 1
    /// Whether it says that a CPU waits for ever.
    var isStuck = false
    /// How many events there have been up to here.
    var progress: Int
  }

  /// Draws an execution.
  ///
  /// - Parameter width: of the widest row, in columns, where it can be helped.
  package init(
    _ counterexample: Counterexample, of unfolding: Unfolding, under model: MemoryModel, width: Int = 66
  ) {
    let replay = Replay(counterexample.execution.schedule, of: unfolding, under: model)
    cause = Self.cause(counterexample, replay, unfolding, model)
    var rows = Self.rows(replay, unfolding)
    rows += Self.waits(replay, unfolding, after: counterexample.execution.ending)
    let isWrong = counterexample.execution.ending.isFailure || counterexample.complaint != nil
    let blocks = Self.draw(rows, isWrong: isWrong, cpus: unfolding.cpus, width: width)
    lines = blocks.flatMap { $0 }
    progress = rows.map(\.progress)
    var places: [Range<Int>] = []
    for block in blocks.dropFirst() {
      let start = places.last?.upperBound ?? 1
      places.append(start..<start + block.count)
    }
    self.places = places
    states = rows.map { row in State(replay.frames[..<row.progress].last, unfolding) }
  }

  private static func rows(_ replay: Replay, _ unfolding: Unfolding) -> [Row] {
    var rows: [Row] = []
    // Behind it CPUs only find that there is nothing to wait for.
    let lastDeed = replay.frames.lastIndex { $0.event.choice != -1 && !$0.event.isLook } ?? replay.frames.startIndex
    for (index, frame) in replay.frames.enumerated() {
      let event = frame.event
      if event.choice == -1, index > lastDeed { break }
      if event.operation.kind == .relax || event.operation.isOfSubject || isOfHarness(event, unfolding) { continue }
      if event.operation.kind == .end, event.action == .operation, event.code < unfolding.cpus { continue }
      if let last = rows.lastIndex(where: { $0.cpu == event.cpu }), let times = repeats(rows[last].event, event) {
        rows[last].times += times
        if last == rows.count - 1 { rows[last].progress = index + 1 }
        continue
      }
      var text = unfolding.words(for: event, latest: frame.latest)
      let isLast = index == replay.frames.count - 1
      // What a wrong read would have found, nobody knows.
      if isLast, replay.ending != .complete, event.operation.kind == .cellRead {
        text = "reads \(unfolding.name(event.operation.location))"
      }
      let place = event.action == .operation ? unfolding.place(of: event.operation) : ""
      rows.append(
        Row(
          cpu: event.cpu, text: text, place: place, waiting: waiting(frame, unfolding), event: event,
          progress: index + 1))
    }
    return rows
  }

  /// Observations are part of a story that the reader wrote, and of no other.
  private static func isOfHarness(_ event: Event, _ unfolding: Unfolding) -> Bool {
    event.operation.kind == .observe && lineNumber(unfolding.place(of: event.operation)).isEmpty
  }

  /// How often more the event before has happened now: once in a loop that waits, never if this is a part of it; nil if
  /// it is another event.
  private static func repeats(_ before: Event, _ event: Event) -> Int? {
    guard before.action == event.action, before.code == event.code else { return nil }
    let isSameSource = before.operation.source == event.operation.source
    // The fence of `set_current_state()`.
    if event.operation.kind == .fence, before.operation.kind == .store, isSameSource { return 0 }
    let isSame = before.operation == event.operation && before.result == event.result && before.choice == event.choice
    return isSame && event.operation.kind == .load ? 1 : nil
  }

  private static func waiting(_ frame: Replay.Frame, _ unfolding: Unfolding) -> String {
    frame.buffers.enumerated().filter { !$0.element.isEmpty }.map { cpu, stores in
      "\(cpu): " + stores.map { "\(unfolding.name($0.location)) = \($0.value)" }.joined(separator: ", ")
    }.joined(separator: "  ")
  }

  /// A row for each CPU that waits for ever.
  private static func waits(_ replay: Replay, _ unfolding: Unfolding, after ending: Ending) -> [Row] {
    guard case .deadlock(let stuck) = ending else { return [] }
    return stuck.map { cpu in
      let operation = replay.pending[cpu]
      let what = replay.awaited(by: cpu).map(unfolding.name) ?? "a change"
      let text = operation.kind == .park ? "sleeps for ever" : "waits for \(what) for ever"
      let event = Event(cpu: cpu, code: cpu, action: .operation, operation: operation, result: 0)
      return Row(
        cpu: cpu, text: text, place: unfolding.place(of: operation), waiting: "", event: event, isStuck: true,
        progress: replay.frames.count)
    }
  }
}

// Layout.

extension CounterexampleTable {
  /// What stands in the column of a row's CPU.
  private static func cell(_ row: Row) -> String { row.times > 1 ? "\(row.text), \(row.times) times" : row.text }

  /// The lines of the head, then those of each row.
  private static func draw(_ rows: [Row], isWrong: Bool, cpus: Int, width: Int) -> [[String]] {
    let widest = rows.map(\.waiting.count).max() ?? 0
    let lineWidth = max(4, rows.map { lineNumber($0.place).count }.max() ?? 4)
    let cells = (0..<cpus).map { cpu in max(6, rows.filter { $0.cpu == cpu }.map { cell($0).count }.max() ?? 6) }
    let bufferWidth = widest == 0 ? 0 : min(widest, max(16, width - 9 - lineWidth - cells.map { $0 + 2 }.reduce(0, +)))
    let buffers = widest == 0 ? 0 : max(bufferWidth, 7) + 2
    let room = max(6, (width - 5 - lineWidth - buffers) / max(cpus, 1) - 2)
    let widths = cells.map { min(room, $0) }
    var head = "     "
    for cpu in 0..<cpus { head += padded("CPU \(cpu)", widths[cpu]) + "  " }
    head += padded("line", lineWidth) + (widest == 0 ? "" : "  waiting")
    let failures = rows.reversed().prefix { $0.isStuck }.count
    return [[trimmed(head)]]
      + rows.enumerated().map { number, row in
        let isFailure = isWrong && number >= rows.count - max(failures, 1)
        let label = (isFailure ? "\u{2718}" : " ") + leftPadded("\(number + 1)", 2)
        return draw(row, label, widths, lineWidth: lineWidth, waiting: fitted(row.waiting, bufferWidth))
      }
  }

  private static func draw(
    _ row: Row, _ label: String, _ widths: [Int], lineWidth: Int, waiting: String
  ) -> [String] {
    let parts = wrapped(cell(row), widths[row.cpu])
    return parts.enumerated().map { index, part in
      var line = index == 0 ? label + "  " : "     "
      for (cpu, width) in widths.enumerated() { line += padded(cpu == row.cpu ? part : "", width) + "  " }
      if index == 0 { line += leftPadded(lineNumber(row.place), lineWidth) + (waiting.isEmpty ? "" : "  " + waiting) }
      return trimmed(line)
    }
  }

  private static func fitted(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "\u{2026}"
  }

  /// The line alone where the place is in the component; the harness has no line that a student could look up.
  private static func lineNumber(_ place: String) -> String {
    guard let colon = place.lastIndex(of: ":"), colon > place.startIndex else { return "" }
    let isOfHarness = place[..<colon].hasSuffix("Lab.swift") || place[..<colon].hasSuffix("Stage.swift")
    return isOfHarness ? "" : String(place[place.index(after: colon)...])
  }

  private static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = "  " + word
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    return lines + [line]
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func leftPadded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension CounterexampleTable.State {
  /// What the machine held at a frame, or before the first.
  fileprivate init(_ frame: Replay.Frame?, _ unfolding: Unfolding) {
    let own = unfolding.locations.indices.dropLast(unfolding.cpus)
    let sections = Set(unfolding.nodes.filter { $0.operation.kind == .enter }.map(\.operation.location))
    memory = own.filter { !sections.contains($0) }.map { location in
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
  /// What to tell whoever wrote the code.
  package var sentence: String {
    switch self {
    case .nondeterministic: "the code did different things although everything that it read was the same"
    case .tooLarge: "the code has more than \(Limits.unfolding) different operations to offer: does a loop never end?"
    case .badCondition: "the condition of a spin(until:) trapped or used shared memory"
    case .incomplete: "what it sent is not all that the code can do"
    }
  }
}

extension Event {
  /// Whether it left everything as it was: what a CPU that waits does over and over.
  fileprivate var isLook: Bool {
    switch operation.kind {
    case .load, .relax, .observe, .returns, .callback: true
    case .exchange: operation.operand == result
    case .compareExchange: operation.expected != result
    case .store, .add, .await, .park, .fence, .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore,
      .trap, .end:
      false
    }
  }
}
