public import Interleave
public import LabHarness

extension Check where L: InterleavingLab {
  /// Creates a check that explores every interleaving of some scenes, under one memory model after the other.
  ///
  /// The strongest model comes first, so that a failure names the first that breaks the component: what is wrong under
  /// SC needs no fence, what is wrong only from TSO on lacks `smp_mb()`, and the rest lacks acquire or release.
  ///
  /// - Parameters:
  ///   - scenes: the scenes, the smallest first.
  ///   - drawn: more scenes, drawn with a seed.
  ///   - models: the models under which the contract must hold.
  ///   - also: what the unfolding must show in addition, such as that a free lock is taken at once.
  public init(
    id: String, title: String, scenes: [L.Scene],
    drawn: @escaping @Sendable (_ seed: UInt64) -> [L.Scene] = { _ in [] },
    models: [MemoryModel] = MemoryModel.allCases, executions: Int = 20_000,
    also: @escaping @Sendable (L.Scene, Unfolding) -> String? = { _, _ in nil }
  ) {
    self.init(id: id, title: title) { seed in
      (scenes + drawn(seed)).flatMap { scene in
        models.map { model in
          var plan = Plan(model)
          plan.executions = executions
          plan.seed = seed
          return Exploration(scene, plan)
        }
      }
    } judgement: { input, unfolding in
      let judgement = judged(L.self, input, unfolding)
      if case .wrong = judgement { return judgement }
      return also(input.scene, unfolding).map { .wrong(Finding($0)) } ?? judgement
    }
  }

  /// Creates a check of what the codes of some scenes can do in any execution, without exploring executions.
  ///
  /// - Parameters:
  ///   - scenes: the scenes, the smallest first.
  ///   - mistake: what is wrong with what the codes of a scene can do, or nil.
  public init(
    id: String, title: String, codesOf scenes: [L.Scene],
    mistake: @escaping @Sendable (L.Scene, Unfolding) -> String?
  ) {
    self.init(id: id, title: title) { seed in
      scenes.map { scene in
        var plan = Plan(.sequential)
        plan.seed = seed
        return Exploration(scene, plan)
      }
    } judge: { input, unfolding in
      if let misfit = misfit(L.self, input, unfolding) { return misfit }
      if let problem = unfolding.problem { return Finding(problem.sentence) }
      return mistake(input.scene, unfolding).map { Finding($0) }
    }
  }
}

/// A case that says under which memory model it is explored.
private protocol Explored: Equatable {
  var plan: Plan { get set }
}

extension Exploration: Explored {}

extension Check {
  /// Returns the same check with all its scenes under one memory model instead of its own models.
  ///
  /// What the sheets of locks promise holds under each model, so a right component passes under each.
  public func under(_ model: MemoryModel) -> Check {
    let cases = cases
    return Check(id: id, title: title) { seed in
      cases(seed).map { Self.moved($0, to: model) }.reduce(into: []) { distinct, input in
        if !distinct.contains(input) { distinct.append(input) }
      }
    } judgement: { [judgement] input, output in
      judgement(input, output)
    }
  }

  private static func moved(_ input: L.Input, to model: MemoryModel) -> L.Input {
    guard var moved = input as? any Explored else { return input }
    moved.plan.model = model
    return moved as? L.Input ?? input
  }
}

/// Returns why an unfolding does not belong to the scene, or nil.
private func misfit<L: InterleavingLab>(_ lab: L.Type, _ input: L.Input, _ unfolding: Unfolding) -> Finding? {
  unfolding.deviation(from: L.setUp(nil, input.scene, calls: SilentCallLog())).map { Finding($0.sentence) }
}

/// Returns the judgement on a component whose codes can do what `unfolding` says.
private func judged<L: InterleavingLab>(_ lab: L.Type, _ input: L.Input, _ unfolding: Unfolding) -> Judgement {
  if let misfit = misfit(lab, input, unfolding) { return .wrong(misfit) }
  let report = investigate(unfolding, input.plan, locates: true) { L.complaint(about: $0, in: input.scene) }
  if let problem = report.problem { return .wrong(Finding(problem.sentence)) }
  guard let counterexample = report.counterexample else {
    if !report.isExhausted, let effort = unfolding.greatestEffort(), effort.operations > Limits.operationsOfCall {
      return .wrong(Finding(effort.sentence(report.model)))
    }
    return report.isComplete ? .right : .rightAsFarAsSeen(report.coverage(surprises: input.plan.surprises))
  }
  let table = CounterexampleTable(counterexample, of: unfolding, under: input.plan.model)
  var finding = Finding(table)
  if !unfolding.unshared.isEmpty {
    let names = unfolding.unshared.prefix(3).joined(separator: ", ")
    let note = "\(names): neither Atomic nor SharedCell, so each CPU has its own"
    finding.picture.rows.append(Picture.Row("note", note))
  }
  return .wrong(finding)
}

extension Unfolding.Effort {
  /// What to tell the author of a component that does more than can be explored.
  fileprivate func sentence(_ model: MemoryModel) -> String {
    "\(call) may do \(operations) operations on atomics, and \(model.name) has too many executions to explore: in that "
      + "case a call may do at most \(Limits.operationsOfCall), not counting looks that see nothing new"
  }
}

extension Report {
  /// How much was explored, if not everything was.
  fileprivate func coverage(surprises: Int) -> String {
    if isExhausted { return "under \(model.name) \(remainder): none of the \(executions) executions is wrong" }
    return
      "more executions under \(model.name) than can be explored: \(executions) were, those with at most \(surprises) "
      + "preemptions or old values first, and \(samples) drawn at random; none is wrong"
  }
}

extension Finding {
  /// Creates the finding of a wrong execution, with its table and the walk through it.
  package init(_ table: CounterexampleTable) {
    self.init(table.cause, picture: Picture(table.lines.map { Picture.Row("", $0) }))
    walk = table.places.indices.map { row in
      Step(rows: table.places[row], notes: table.states[row].rows, place: table.sources[row])
    }
  }
}

extension Unfolding.Deviation {
  /// What to tell the author of the submission.
  fileprivate var sentence: String {
    switch self {
    case .layout: "what it sent is not an unfolding of this scene: it has other CPUs, interrupts or locations"
    case .code(let code): "what it sent is not an unfolding of this scene: code \(code) does what the scene does not"
    case .tooLarge: "what it sent is too large to check"
    }
  }
}

extension CounterexampleTable.State {
  /// The parts that are worth a row.
  fileprivate var rows: [Picture.Row] {
    [("memory", memory), ("buffers", buffers), ("inside", sections)].filter { !$0.1.isEmpty }
      .map { Picture.Row($0.0, $0.1) }
  }
}
