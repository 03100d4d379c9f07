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
/// task's name alone is left out. Under TSO a column shows the stores that wait in buffers.
package struct CounterexampleTable: Sendable, Equatable {
  /// What is wrong and what made it possible, in one or two sentences.
  package let cause: String
  /// The rows, the first of them naming the columns.
  package let lines: [String]
  /// For each row behind the first, after how many events of the execution it is complete.
  package let progress: [Int]

  struct Row: Equatable {
    var cpu: Int
    var text: String
    var place: String
    var waiting: String
    var event: Event
    var times = 1
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
    lines = Self.draw(rows, cpus: unfolding.cpus, width: width)
    progress = rows.map(\.progress)
  }

  private static func rows(_ replay: Replay, _ unfolding: Unfolding) -> [Row] {
    var rows: [Row] = []
    // Behind it CPUs only find that there is nothing to wait for.
    let lastDeed = replay.frames.lastIndex { $0.event.choice != -1 && !$0.event.isLook } ?? replay.frames.startIndex
    for (index, frame) in replay.frames.enumerated() {
      let event = frame.event
      if event.choice == -1, index > lastDeed { break }
      if event.operation.kind == .relax || event.operation.kind == .observe { continue }
      if event.operation.kind == .end, event.action == .operation, event.code < unfolding.cpus { continue }
      if let last = rows.lastIndex(where: { $0.cpu == event.cpu }), repeats(rows[last].event, event) {
        rows[last].times += 1
        rows[last].progress = index + 1
        continue
      }
      let text = unfolding.words(for: event, latest: frame.latest)
      let place = event.action == .operation ? unfolding.place(of: event.operation) : ""
      rows.append(
        Row(
          cpu: event.cpu, text: text, place: place, waiting: waiting(frame, unfolding), event: event,
          progress: index + 1))
    }
    return rows
  }

  /// Whether an event is the one before over again: a loop that waits.
  private static func repeats(_ before: Event, _ event: Event) -> Bool {
    before.operation == event.operation && before.action == event.action && before.code == event.code
      && before.result == event.result && event.operation.kind == .load && before.choice == event.choice
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
      let what = operation.isAtLocation ? unfolding.name(operation.location) : "a change"
      let text = operation.kind == .park ? "sleeps for ever" : "waits for \(what) for ever"
      let event = Event(cpu: cpu, code: cpu, action: .operation, operation: operation, result: 0)
      return Row(
        cpu: cpu, text: text, place: unfolding.place(of: operation), waiting: "", event: event,
        progress: replay.frames.count)
    }
  }
}

// Layout.

extension CounterexampleTable {
  /// What stands in the column of a row's CPU.
  private static func cell(_ row: Row) -> String { row.times > 1 ? "\(row.text), \(row.times) times" : row.text }

  private static func draw(_ rows: [Row], cpus: Int, width: Int) -> [String] {
    let hasBuffers = rows.contains { !$0.waiting.isEmpty }
    let lines = rows.map { lineNumber($0.place) }
    let lineWidth = max(4, lines.map(\.count).max() ?? 4)
    let bufferWidth = hasBuffers ? min(16, max(7, rows.map(\.waiting.count).max() ?? 0)) + 2 : 0
    let room = (width - 5 - lineWidth - bufferWidth) / max(cpus, 1) - 2
    let widths = (0..<cpus).map { cpu in
      min(max(room, 6), max(6, rows.filter { $0.cpu == cpu }.map { cell($0).count }.max() ?? 6))
    }
    var head = "     "
    for cpu in 0..<cpus { head += padded("CPU \(cpu)", widths[cpu]) + "  " }
    head += padded("line", lineWidth) + (hasBuffers ? "  waiting" : "")
    return [trimmed(head)]
      + rows.enumerated().flatMap { number, row in
        draw(row, number: number + 1, widths, lineWidth: lineWidth, waiting: hasBuffers ? row.waiting : "")
      }
  }

  private static func draw(_ row: Row, number: Int, _ widths: [Int], lineWidth: Int, waiting: String) -> [String] {
    let parts = wrapped(cell(row), widths[row.cpu])
    return parts.enumerated().map { index, part in
      var line = index == 0 ? leftPadded("\(number)", 3) + "  " : "     "
      for (cpu, width) in widths.enumerated() { line += padded(cpu == row.cpu ? part : "", width) + "  " }
      if index == 0 { line += leftPadded(lineNumber(row.place), lineWidth) + (waiting.isEmpty ? "" : "  " + waiting) }
      return trimmed(line)
    }
  }

  /// The line alone where the place is in the component; the harness has no line that a student could look up.
  private static func lineNumber(_ place: String) -> String {
    guard let colon = place.lastIndex(of: ":") else { return "" }
    return place[..<colon].hasSuffix("Lab.swift") ? "" : String(place[place.index(after: colon)...])
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
    case .load, .relax, .observe: true
    case .exchange: operation.operand == result
    case .compareExchange: operation.expected != result
    case .store, .add, .await, .park, .fence, .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore,
      .trap, .end:
      false
    }
  }
}
