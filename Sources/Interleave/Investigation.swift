/// How thoroughly a scenario is explored, and under which memory model.
public struct Plan: Sendable, Equatable, Codable {
  /// The memory model.
  public var model: MemoryModel
  /// How many executions are explored before the space counts as too large.
  public var executions = 50_000
  /// The maximum number of surprises in the search for the smallest counterexample.
  public var surprises = 3
  /// How many executions are drawn at random if the space is too large.
  public var samples = 2_000
  /// The seed of the draws.
  public var seed: UInt64 = 1

  /// Creates the usual plan.
  public init(_ model: MemoryModel) { self.model = model }
}

/// What was found out about a scenario under one memory model.
package struct Report: Sendable, Equatable {
  /// The memory model.
  public var model: MemoryModel
  /// The smallest wrong execution that was found, and what is wrong with it.
  package var counterexample: Counterexample?
  /// How many executions the exhaustive search explored.
  package var executions = 0
  /// How many executions were begun and turned out to be equivalent to others.
  package var redundant = 0
  /// Whether every execution is equivalent to an explored one, apart from the turns of loops that were cut.
  package var isExhausted = false
  /// The loops of which not every turn was explored, as `file:line`.
  package var cutLoops: [String] = []
  /// Whether nothing is missing: every execution is equivalent to an explored one.
  package var isComplete: Bool { isExhausted && cutLoops.isEmpty }
  /// How many executions were drawn at random in addition.
  package var samples = 0
  /// Why the codes could not be explored, if they could not.
  package var problem: Unfolding.Problem?
}

extension Report {
  /// What was not explored although the search was exhaustive; empty if nothing was left out.
  package var remainder: String {
    let places = cutLoops.prefix(3).joined(separator: ", ") + (cutLoops.count > 3 ? ", ..." : "")
    guard !cutLoops.isEmpty else { return "" }
    return "not every turn of the loop at \(places) was explored, since it stores or counts while it waits"
  }
}

/// A wrong execution.
package struct Counterexample: Sendable, Equatable {
  /// What happened.
  package var execution: Execution
  /// What is wrong: the property's own words, or nil if the ending says it.
  package var complaint: String?
  /// The event from which the property has complained.
  var wrongEvent: Int?
}

extension Counterexample {
  /// Finds the event from which a property makes the complaint that it makes at the end.
  mutating func locate(_ outcome: Outcome, _ property: Property) {
    guard let complaint else { return }
    let events = execution.events
    for index in events.indices.reversed() where events[index].operation.kind == .observe {
      var earlier = outcome
      earlier.progress = index
      wrongEvent = index
      if property(earlier) != complaint { return }
    }
  }
}

/// Returns what is wrong with an execution that completed, or nil.
public typealias Property = (_ outcome: Outcome) -> String?

extension Ending {
  /// Whether the last event itself is wrong, rather than the fact that nothing follows it.
  var isOfLastEvent: Bool {
    switch self {
    case .race, .useAfterFree, .mutualExclusion, .strayLeave, .trap: true
    case .complete, .deadlock, .livelock, .broken, .tooLong, .redundant: false
    }
  }

  /// Whether an execution that ends like this is wrong in itself.
  package var isFailure: Bool {
    switch self {
    case .complete, .redundant, .broken, .tooLong: false
    case .deadlock, .livelock, .race, .useAfterFree, .mutualExclusion, .strayLeave, .trap: true
    }
  }
}

/// Explores a scenario: all executions if there are not too many and, if one is wrong, the smallest wrong one.
struct Investigation<Source: Program> {
  let plan: Plan
  let property: Property
  private(set) var program: Source
  private(set) var report: Report
  /// Whether the property may be evaluated on prefixes of executions.
  var locates = false
  /// Locations that no code ever reads.
  private let unread: UInt32

  /// - Parameter unread: see ``Unfolding/unread``.
  init(_ program: Source, _ plan: Plan, unread: UInt32, _ property: @escaping Property) {
    self.program = program
    self.plan = plan
    self.unread = unread
    self.property = property
    report = Report(model: plan.model)
  }

  /// Carries the plan out.
  mutating func run(isThorough: Bool = false) {
    guard program.unfolding.problem == nil else {
      report.problem = program.unfolding.problem
      return
    }
    var worst: Counterexample?
    search(.reduced, into: &worst, isFirst: true)
    report.problem = program.unfolding.problem
    if report.problem != nil { return }
    let isRight = worst == nil && report.isExhausted
    if isRight, !isThorough { return }
    for surprises in 0...plan.surprises {
      var found: Counterexample?
      search(.bounded(surprises: surprises), into: &found, isFirst: false)
      if let found {
        report.counterexample = brokenExclusion(insteadOf: found) ?? found
        return
      }
    }
    if worst == nil, !isRight { sample(into: &worst) }
    report.counterexample = worst
    report.problem = program.unfolding.problem
  }

  /// If the smallest wrong execution is a data race, finds the smallest one in which a CPU enters a section while
  /// another is in it: a race is often only a symptom of a broken lock.
  ///
  /// In a section a CPU uses only plain memory, so each such use must be a step of its own.
  private mutating func brokenExclusion(insteadOf found: Counterexample) -> Counterexample? {
    guard case .race = found.execution.ending else { return nil }
    guard program.unfolding.nodes.contains(where: { $0.operation.kind == .enter }) else { return nil }
    var left = plan.executions
    for bound in 0...plan.surprises where left > 0 {
      var search = Search(program, plan.model, .bounded(surprises: bound))
      search.machine.isFine = true
      var better: Counterexample?
      _ = search.explore { machine, schedule in
        left -= 1
        if case .mutualExclusion = machine.ending { better = counterexample(machine, schedule) }
        return better == nil && left > 0
      }
      program = search.program
      if better != nil { return better }
    }
    return nil
  }

  private mutating func search(
    _ strategy: Search<Source>.Strategy, into found: inout Counterexample?, isFirst: Bool
  ) {
    var search = Search(program, plan.model, strategy, unread: unread)
    var left = plan.executions
    let isExhausted = search.explore { machine, schedule in
      left -= 1
      found = counterexample(machine, schedule)
      return found == nil && left > 0
    }
    program = search.program
    guard isFirst else { return }
    report.executions = search.executions
    report.redundant = search.redundant
    report.isExhausted = isExhausted
    report.cutLoops = program.unfolding.places(of: search.machine.cutLoops)
  }

  private mutating func sample(into found: inout Counterexample?) {
    var sampler = Sampler(program, plan.model, seed: plan.seed, unread: unread)
    report.samples = sampler.draw(plan.samples) { machine, schedule in
      found = counterexample(machine, schedule)
      return found == nil
    }
    program = sampler.program
  }

  private func counterexample(_ machine: Machine, _ schedule: () -> Schedule) -> Counterexample? {
    guard let ending = machine.ending else { return nil }
    let complaint = ending == .complete ? property(Outcome(machine: machine, unfolding: program.unfolding)) : nil
    guard ending.isFailure || complaint != nil else { return nil }
    var schedule = schedule()
    schedule.isFine = machine.isFine
    let execution = Execution(events: machine.events, ending: ending, schedule: schedule)
    var counterexample = Counterexample(execution: execution, complaint: complaint)
    if locates { counterexample.locate(Outcome(machine: machine, unfolding: program.unfolding), property) }
    return counterexample
  }
}
