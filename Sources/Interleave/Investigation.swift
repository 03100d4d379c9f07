/// How thoroughly a scenario is looked into, and under which memory model.
public struct Plan: Sendable, Equatable, Codable {
  /// The memory model.
  public var model: MemoryModel
  /// How many executions are looked at before the space is called too large.
  public var executions = 50_000
  /// The smallest counterexample is looked for with at most so many surprises.
  public var surprises = 3
  /// How many executions are drawn at random where the space is too large.
  public var samples = 2_000
  /// Of the draws.
  public var seed: UInt64 = 1

  /// The usual plan.
  public init(_ model: MemoryModel) { self.model = model }
}

/// What was found out about a scenario under one memory model.
package struct Report: Sendable, Equatable {
  /// The memory model.
  public var model: MemoryModel
  /// The smallest wrong execution that was found, and what is wrong with it.
  package var counterexample: Counterexample?
  /// How many executions were looked at in the search for all of them.
  package var executions = 0
  /// How many were begun and turned out to be like others.
  package var redundant = 0
  /// Whether every execution is like one that was looked at, but for the turns of loops that were cut.
  package var isExhausted = false
  /// The loops of which not all turns were looked at, as `file:line`.
  package var cutLoops: [String] = []
  /// Whether there are no others: every execution is like one that was looked at.
  package var isComplete: Bool { isExhausted && cutLoops.isEmpty }
  /// How many were drawn at random besides.
  package var samples = 0
  /// Why the codes could not be explored, if they could not.
  package var problem: Unfolding.Problem?
}

extension Report {
  /// What was not looked at although all executions were; empty where there is nothing of the kind.
  package var remainder: String {
    let places = cutLoops.prefix(3).joined(separator: ", ") + (cutLoops.count > 3 ? ", ..." : "")
    guard !cutLoops.isEmpty else { return "" }
    return "not all turns of the loop at \(places) were looked at, which stores or counts while it waits"
  }
}

/// A wrong execution.
package struct Counterexample: Sendable, Equatable {
  /// What happened.
  package var execution: Execution
  /// What is wrong: the property's own words, or nil if the ending says it.
  package var complaint: String?
  /// The event from which on the property has said so.
  var wrongEvent: Int?
}

extension Counterexample {
  /// Finds the event from which on a property says what it says at the end.
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

/// Says what is wrong with an execution that came to its end, or nil.
public typealias Property = (_ outcome: Outcome) -> String?

extension Ending {
  /// Whether it is the last event that was wrong, and not that nothing comes after it.
  var isOfLastEvent: Bool {
    switch self {
    case .race, .useAfterFree, .mutualExclusion, .strayLeave, .trap: true
    case .complete, .deadlock, .livelock, .broken, .tooLong, .redundant: false
    }
  }

  /// Whether an execution that ends so is wrong by itself.
  package var isFailure: Bool {
    switch self {
    case .complete, .redundant, .broken, .tooLong: false
    case .deadlock, .livelock, .race, .useAfterFree, .mutualExclusion, .strayLeave, .trap: true
    }
  }
}

/// Looks into a scenario: all executions if there are not too many, and if one is wrong, for the smallest such.
struct Investigation<Source: Program> {
  let plan: Plan
  let property: Property
  private(set) var program: Source
  private(set) var report: Report
  /// Whether the property may be asked about beginnings of executions.
  var locates = false
  /// Locations at which no code ever looks.
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

  /// The smallest execution in which a CPU enters a section while another is in it, where the smallest wrong one is a data
  /// race: a race is often only what a broken lock looks like from a distance.
  ///
  /// In a section a CPU only uses plain memory, so that each use must be a step of its own.
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
