import Desk
import Exploration
import Foundation
import LabKernel
import Scenario

/// One `labs-cli sim --every`.
struct EveryRun {
  private let options: EveryOptions
  private let scenario: Scenario
  private let asJSON: Bool

  init(_ options: EveryOptions, _ scenario: Scenario, json: Bool) {
    self.options = options
    self.scenario = scenario
    asJSON = json
  }

  /// Explores, and prints what was found, also if the user stops it.
  func run() async throws {
    let (census, graph) = try await interruptible { explore() }
    if let bound = census.bound, bound == .stopped { Terminal.note("stopped") }
    if asJSON {
      try Terminal.print(json: EveryReport(scenario, census))
    } else {
      Terminal.print(EveryText(scenario, census, outcome: options.outcome).lines)
    }
    if let file = options.graph { try write(graph, census, to: file) }
    try refuse(census)
  }

  private func explore() -> (Census, StateGraph?) {
    var limits = Exploration.Limits()
    limits.states = options.maxStates
    limits.variables = options.variable
    limits.keepsEdges = options.graph != nil
    if limits.keepsEdges { limits.states = min(limits.states, StateGraph.maximumStates + 1) }
    let status = StatusLine()
    var exploration = Exploration(scenario.workload(), isTimed: options.timed, limits: limits)
    let census = exploration.census { states, transitions in
      status.show("\(states) states, \(transitions) transitions")
      return !_Concurrency.Task.isCancelled
    }
    status.clear()
    return (census, limits.keepsEdges && census.states <= StateGraph.maximumStates ? exploration.graph : nil)
  }

  private func write(_ graph: StateGraph?, _ census: Census, to file: String) throws {
    guard let graph else {
      throw Refusal(
        "\(file) is not written: a graph has at most \(StateGraph.maximumStates) states", .configuration)
    }
    try TextFile.write(file.hasSuffix(".dot") ? graph.dot : graph.html, to: file)
    Terminal.note("wrote \(file)")
  }

  /// Fails if something was found, or if not everything was seen.
  private func refuse(_ census: Census) throws {
    switch census.bound {
    case .stopped: throw Refusal("not all: \(census.states) states seen", .interrupted)
    case .states(let count):
      throw Refusal("not all: \(count) states seen; --max-states raises the limit", .checksFailed)
    case .oops(let sentence): throw Refusal("not all: the kernel cannot go on: \(sentence)", .checksFailed)
    case nil: break
    }
    if !census.failures.isEmpty { throw Refusal("an assertion fails in some schedules", .checksFailed) }
    if census.deadlockCount > 0 { throw Refusal("tasks sleep forever in some schedules", .checksFailed) }
  }
}

/// The census as a JSON document.
struct EveryReport: Encodable {
  private let schema = "kernel-by-hand.every/1"
  private let title: String
  private let all: Bool
  private let states: Int
  private let transitions: Int
  private let depth: Int
  private let orders: UInt64?
  private let shortest: Bool
  private let outcomeCount: Int
  private let deadlockCount: Int
  private let outcomes: [Census.Outcome]
  private let failures: [Census.Failure]

  init(_ scenario: Scenario, _ census: Census) {
    title = scenario.title
    all = census.bound == nil
    states = census.states
    transitions = census.transitions
    depth = census.depth
    orders = census.orders
    shortest = census.isShortest
    outcomeCount = census.outcomeCount
    deadlockCount = census.deadlockCount
    outcomes = census.outcomes
    failures = census.failures
  }
}
