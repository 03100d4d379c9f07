// Which events become rows of a table, and which do not.

extension CounterexampleTable {
  /// Writes the rows, one event after the other.
  struct RowWriter {
    /// The number of rows that are shown in full, because they fit a terminal.
    ///
    /// In longer tables, an uninterrupted call is one row.
    static let longestInFull = 20
    /// A table with more rows is of something that repeats: its middle is left out.
    static let longest = 120
    fileprivate static let kept = 40

    private let replay: Replay
    private let unfolding: Unfolding
    private var rows: [Row] = []

    /// The rows of an execution.
    ///
    /// - Parameter telling: an event that the complaint is about.
    static func rows(of replay: Replay, _ unfolding: Unfolding, telling: Int?) -> [Row] {
      var inFull = RowWriter(replay, unfolding)
      inFull.write(calls: [:])
      guard inFull.rows.count > longestInFull else { return inFull.finished }
      var short = RowWriter(replay, unfolding)
      short.write(calls: short.undisturbedCalls(telling))
      return short.finished
    }

    private init(_ replay: Replay, _ unfolding: Unfolding) {
      self.replay = replay
      self.unfolding = unfolding
    }

    /// - Parameter calls: the calls that are one row: the last frame of each, by its first frame.
    private mutating func write(calls: [Int: Int]) {
      // After it, CPUs only find that there is nothing to wait for.
      let lastDeed = replay.frames.lastIndex { $0.event.choice != -1 && !$0.event.isLook } ?? 0
      var next = 0
      for index in replay.frames.indices where index >= next {
        if replay.frames[index].event.choice == -1, index > lastDeed { break }
        next = (calls[index] ?? index) + 1
        if let last = calls[index] { write(call: index, to: last) } else { write(index) }
      }
    }

    private mutating func write(call first: Int, to last: Int) {
      let call = replay.frames[first].event
      append(last, call, unfolding.words(forCall: call.operation, returning: replay.frames[last].event.operation))
    }

    private mutating func write(_ index: Int) {
      let frame = replay.frames[index]
      let event = frame.event
      let isWrong = index == replay.frames.count - 1 && replay.ending?.isOfLastEvent == true
      if !isWrong, isLeftOut(event) {
        // A CPU holds it from the row before the acquisition to the row after the release.
        if event.operation.isBeginning, !rows.isEmpty { rows[rows.count - 1].holders = holders(frame) }
      } else if let last = rows.lastIndex(where: { $0.cpu == event.cpu }), let times = repeats(rows[last].event, event)
      {
        rows[last].times += times
        if last == rows.count - 1 { rows[last].progress = index + 1 }
      } else if let store = storeWithoutWait(frame) {
        for row in rows[store...].indices { rows[row].waiting = waiting(frame) }
        rows[rows.count - 1].progress = index + 1
      } else {
        // The fence of `wake()` is part of the call.
        if let last = rows.last?.event, last.cpu == event.cpu, isOne(event, .exchange, with: last) { rows.removeLast() }
        // What a wrong read would have found is unknown. A pause that was ended is the harness's.
        let isUnknown = isWrong && event.operation.kind == .cellRead
        let read =
          isUnknown
          ? "reads \(unfolding.name(event.operation.location))"
          : event.operation.kind == .relax ? "wait for quiet" : nil
        append(index, event, (read ?? unfolding.words(for: event, latest: frame.latest)) + place(of: frame))
      }
    }

    /// Where a store was put, if it did not become the newest.
    private func place(of frame: Replay.Frame) -> String {
      guard let successor = frame.successor else { return "" }
      let older = replay.frames[successor].event
      let value = older.operation.kind == .add ? older.result &+ older.operation.operand : older.operation.operand
      return ", put before \(value)"
    }

    private mutating func append(_ index: Int, _ event: Event, _ text: String) {
      let frame = replay.frames[index]
      let place = event.action == .operation ? unfolding.place(of: event.operation) : ""
      rows.append(
        Row(
          cpu: event.cpu, text: text, place: place, holders: holders(frame), waiting: waiting(frame), event: event,
          progress: index + 1))
    }
  }
}

extension CounterexampleTable.RowWriter {
  /// The rows, followed by one for each CPU that waits forever.
  private var finished: [CounterexampleTable.Row] {
    var rows = rows + waits
    // If the code itself enters and leaves, its rows say so.
    let isTold = replay.frames.contains { $0.event.operation.isBeginning && isLeftOut($0.event) }
    if !isTold { for row in rows.indices { rows[row].holders = "" } }
    for row in rows.indices { rows[row].number = row + 1 }
    return rows.count > Self.longest ? withoutMiddle(rows) : rows
  }

  /// Returns the rows with the middle replaced by a single row; all others keep their numbers.

  private func withoutMiddle(_ rows: [CounterexampleTable.Row]) -> [CounterexampleTable.Row] {
    var gap = rows[rows.count - Self.kept - 1]
    gap.text = "(\(rows.count - 2 * Self.kept) more rows)"
    (gap.place, gap.holders, gap.waiting, gap.times, gap.number) = ("", "", "", 1, 0)
    return rows.prefix(Self.kept) + [gap] + rows.suffix(Self.kept)
  }

  private var waits: [CounterexampleTable.Row] {
    guard case .deadlock(let stuck) = replay.ending else { return [] }
    return stuck.map { cpu in
      let operation = replay.pending[cpu]
      let what = replay.awaited(by: cpu).map(unfolding.name) ?? "a change"
      let text = operation.kind == .park ? "sleeps forever" : "waits forever for \(what)"
      let event = Event(cpu: cpu, code: cpu, action: .operation, operation: operation, result: 0)
      return CounterexampleTable.Row(
        cpu: cpu, text: text, place: unfolding.place(of: operation), holders: replay.frames.last.map(holders) ?? "",
        waiting: "", event: event, isStuck: true, progress: replay.frames.count)
    }
  }

  /// The subject's calls during which nothing else happened and which the cause does not mention: the last frame of
  /// each, by its first frame.
  private func undisturbedCalls(_ wrong: Int?) -> [Int: Int] {
    var calls: [Int: Int] = [:]
    var telling = CounterexampleTable.telling(replay)
    // What the CPUs do after it went wrong is not included.
    if let wrong { telling = telling.filter { $0 <= wrong } }
    for (first, frame) in replay.frames.enumerated() where frame.event.operation.kind == .call {
      var depth = 0
      for (index, other) in replay.frames.enumerated().dropFirst(first) {
        guard other.event.cpu == frame.event.cpu, other.event.action != .interrupt, !telling.contains(index) else {
          break
        }
        if other.event.operation.kind == .call { depth += 1 }
        if other.event.operation.kind == .returns { depth -= 1 }
        guard depth == 0 else { continue }
        calls[first] = index
        break
      }
    }
    return calls
  }

  /// Whether an event has no row: it changes nothing, or it is the harness's and has a column of its own.
  private func isLeftOut(_ event: Event) -> Bool {
    guard event.action == .operation else { return false }
    switch event.operation.kind {
    case .relax: return !(isOfHarness(event) && event.choice == -1)
    case .holds, .call, .returns, .callback: return true
    case .end: return event.code < unfolding.cpus
    // Observations are shown only in a scenario that the reader wrote.
    case .observe, .enter, .leave: return isOfHarness(event)
    case .load, .store, .exchange, .add, .compareExchange, .await, .park, .cellRead, .cellWrite, .cellFree:
      return isOfHarness(event) && !unfolding.isNamed(event.operation.location)
    case .fence, .irqSave, .irqRestore, .trap: return false
    }
  }

  private func isOfHarness(_ event: Event) -> Bool { unfolding.place(of: event.operation).isEmpty }

  /// If an event moves a store from the buffer into memory, and no operation in between depended on that: the row of
  /// the store.
  private func storeWithoutWait(_ frame: Replay.Frame) -> Int? {
    let event = frame.event
    guard event.action == .flush, frame.buffers[event.cpu].isEmpty else { return nil }
    let last = rows.lastIndex { $0.cpu != event.cpu || $0.event.operation.isSchedulingPoint }
    guard let last, rows[last].cpu == event.cpu, rows[last].event.action == .operation else { return nil }
    let before = rows[last].event.operation
    return before.kind == .store && before.location == event.operation.location ? last : nil
  }

  /// How many repetitions of the previous event this adds: one in a loop that waits, none if this is part of it; nil if
  /// it is a different event.
  private func repeats(_ before: Event, _ event: Event) -> Int? {
    guard before.action == event.action, before.code == event.code else { return nil }
    // The fence of `setCurrentState()`.
    if isOne(before, .store, with: event) { return 0 }
    let isSame = before.operation == event.operation && before.result == event.result && before.choice == event.choice
    return isSame && event.operation.kind == .load ? 1 : nil
  }

  /// Whether an operation on a task's state and a fence belong to one call.
  private func isOne(_ event: Event, _ kind: Operation.Kind, with fence: Event) -> Bool {
    event.operation.kind == kind && event.operation.location >= unfolding.locations.count - unfolding.cpus
      && fence.operation.kind == .fence
      && unfolding.place(of: fence.operation) == unfolding.place(of: event.operation)
  }

  /// The CPUs that hold the exclusive resource.
  private func holders(_ frame: Replay.Frame) -> String { frame.holders.map { "\($0)" }.joined(separator: ", ") }

  private func waiting(_ frame: Replay.Frame) -> String {
    frame.buffers.enumerated().filter { !$0.element.isEmpty }.map { cpu, stores in
      "\(cpu): " + stores.map { "\(unfolding.name($0.location)) = \($0.value)" }.joined(separator: ", ")
    }.joined(separator: "  ")
  }
}

extension Event {
  /// Whether it left everything unchanged, as a CPU that waits does over and over.
  fileprivate var isLook: Bool {
    operation.kind == .relax || operation.kind == .observe || operation.isLook(result)
  }
}
