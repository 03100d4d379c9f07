import Interleave

/// The outcomes of a scenario's executions.
struct Outcomes: Equatable {
  /// Each distinct outcome: what was observed or, unless the execution completed, the ending.
  private(set) var found: Set<String> = []
  /// The number of executions that had them.
  private(set) var executions = 0
  /// Whether there are no others.
  private(set) var isComplete = false

  /// Visits executions of a recorded scenario and describes each.
  init(
    _ unfolding: Unfolding, _ model: MemoryModel, _ bound: SearchBound, limit: Int = .max,
    as description: (Outcome, Ending) -> String
  ) {
    var (found, executions) = (found, executions)
    isComplete = visitExecutions(unfolding, model, bound) { outcome, ending in
      executions += 1
      found.insert(description(outcome, ending))
      return executions < limit
    }
    self.found = found
    self.executions = executions
  }

  /// The outcomes in alphabetical order, separated by blanks.
  var line: String { found.sorted().joined(separator: " ") }
}

extension Ending {
  /// Its name in a table of outcomes.
  var word: String {
    switch self {
    case .complete: "complete"
    case .deadlock: "deadlock"
    case .livelock: "livelock"
    case .race: "race"
    case .useAfterFree: "use-after-free"
    case .mutualExclusion: "two-inside"
    case .strayLeave: "stray-leave"
    case .trap: "trap"
    case .broken: "broken"
    case .tooLong: "too-long"
    case .redundant: "redundant"
    }
  }
}

extension Outcome {
  /// Returns the values of some names, one digit each: the value observed under the name, or the value at the end.
  func digits(_ names: String) -> String {
    names.split(separator: " ").map { name in
      let observed = observations.last { $0.name == name }?.value
      return (observed ?? value(of: String(name))).map(String.init) ?? "-"
    }.joined()
  }
}
