// Events in words, short enough for a column of a table.

extension Unfolding {
  /// Returns the name of a location.
  func name(_ location: Int) -> String { locations[location].name }

  /// Whether the set-up has named a location: a harness's unnamed locations are not shown.
  func isNamed(_ location: Int) -> Bool { locations[location].name != Self.number(location) }

  /// Returns the name of an unnamed location.
  static func number(_ location: Int) -> String { "#\(location)" }

  /// Returns the file and line of an operation, as `file:line`, with the lines of the calls around it: `file:12 < 30`.
  func place(of operation: Operation) -> String {
    sources.indices.contains(operation.source) ? PlaceText.place(in: sources[operation.source]) : ""
  }

  /// Describes what happened at an event.
  func words(for event: Event, latest: Int? = nil) -> String {
    switch event.action {
    case .flush: "(memory: \(name(event.operation.location)) = \(event.operation.operand))"
    case .interrupt: "--- interrupt ---"
    case .operation where event.operation.kind == .end: event.code >= cpus ? "--- returns ---" : "is done"
    case .operation: words(for: event.operation, result: event.result) + age(of: event.result, latest)
    }
  }

  private func age(of value: Int, _ latest: Int?) -> String {
    guard let latest else { return "" }
    return latest == value ? ", an older one" : ", old: \(latest) is newer"
  }

  private func words(for operation: Operation, result: Int) -> String {
    if let words = wordsOfState(operation) { return words }
    switch operation.kind {
    case .load, .cellRead: return "reads \(name(operation.location)): \(result)"
    case .await: return "sees \(name(operation.location)) = \(result)"
    case .store, .cellWrite: return "\(name(operation.location)) = \(operation.operand)"
    case .exchange: return "\(name(operation.location)): \(result) -> \(operation.operand)"
    case .add: return "\(name(operation.location)): \(result) -> \(result &+ operation.operand)"
    case .compareExchange:
      let isDone = result == operation.expected
      let change = isDone ? " -> \(operation.operand)" : ", not \(operation.expected)"
      return "\(name(operation.location)): \(result)" + change
    case .cellFree: return "frees \(name(operation.location))"
    case .enter: return "enters \(name(operation.location))"
    case .leave: return "leaves \(name(operation.location))"
    case .observe:
      let name = observations[operation.location]
      return name.hasPrefix(brokenCheck) ? name : "\(name): \(operation.operand)"
    case .fence: return operation.ordering.fenceWords
    case .park: return "wakes up"
    case .relax: return "cpuRelax()"
    case .irqSave: return "interrupts off"
    case .irqRestore: return operation.operand == 0 ? "interrupts as before" : "interrupts on"
    case .trap:
      return (TrapCause(rawValue: operation.operand)?.words ?? "stops")
        + (reason(of: operation).map { ": \($0)" } ?? "")
    case .holds: return operation.operand != 0 ? "holds it" : "releases it"
    case .call: return observations[operation.location]
    case .returns: return operation.answerWords
    case .callback: return "runs a callback"
    case .end: return "is done"
    }
  }

  /// Describes a call of a subject, from its beginning to its return.
  func words(forCall call: Operation, returning answer: Operation) -> String {
    observations[call.location] + (answer.answerWords.isEmpty ? "" : " = \(answer.answerWords)")
  }

  /// Task states have names, not numbers.
  private func wordsOfState(_ operation: Operation) -> String? {
    guard operation.isAtLocation, operation.location >= locations.count - cpus else { return nil }
    let task = operation.location - (locations.count - cpus)
    switch operation.kind {
    case .store: return operation.operand == 0 ? "says it runs" : "says it sleeps"
    case .exchange: return "wakes CPU \(task)"
    case .load, .add, .compareExchange, .await, .park, .fence, .relax, .cellRead, .cellWrite, .cellFree, .enter, .leave,
      .irqSave, .irqRestore, .observe, .holds, .call, .returns, .callback, .trap, .end:
      return nil
    }
  }
}

extension Operation {
  /// What a call returned; empty if nothing.
  fileprivate var answerWords: String {
    switch Answer(rawValue: expected) {
    case .number: "\(operand)"
    case .truth: operand == 0 ? "false" : "true"
    case .nothing, nil: ""
    }
  }
}

extension Ordering {
  var fenceWords: String {
    switch self {
    case .relaxed: "no fence"
    case .acquiring: "acquire fence"
    case .releasing: "release fence"
    case .acquiringAndReleasing: "acquire-release fence"
    case .sequentiallyConsistent: "full fence"
    }
  }
}

extension TrapCause {
  var words: String {
    switch self {
    case .trapped: "traps"
    case .endlessLoop: "loops forever"
    case .stackOverflow: "overruns its stack"
    case .tooLong: "takes more than \(Limits.stepsOfCode) steps"
    }
  }
}
