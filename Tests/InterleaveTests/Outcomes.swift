import Interleave

/// What the executions of a scenario come to.
struct Outcomes: Equatable {
  /// Each different one once: the ending, unless it is plain completion, or what was observed.
  private(set) var found: Set<String> = []
  /// How many executions came to them.
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

  /// In alphabetical order, a blank between.
  var line: String { found.sorted().joined(separator: " ") }
}

extension Ending {
  /// What a table of outcomes calls it.
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
  /// The values of some names, a digit each: what was observed under the name, or what stands there at the end.
  func digits(_ names: String) -> String {
    names.split(separator: " ").map { name in
      let observed = observations.last { $0.name == name }?.value
      return (observed ?? value(of: String(name))).map(String.init) ?? "-"
    }.joined()
  }
}
