// Whether an unfolding belongs to the scenario that was asked for: the half of it that is known is run again.

extension Unfolding {
  /// Returns where codes differ from the harness of a scenario, or nil if nowhere.
  ///
  /// An unfolding says what codes do that have not been run here. But only their subject is unknown. The harness around
  /// it is run here, on its own stages: each of its operations must be in the unfolding, on locations as the harness
  /// made them. Between a call of the subject and its return there may be any operations on the subject's own
  /// locations, on locations lent to it, and on the states of tasks. So a submission cannot send codes that leave out
  /// what would show their mistakes, or that repair the harness's memory without its knowledge.
  ///
  /// - Parameter setUp: the scenario, with subjects about which nothing is known.
  /// - Complexity: O(leaves x depth); above `Limits.work` steps or `Limits.ends` leaves it gives up with
  ///   ``Deviation/tooLarge``.
  package func deviation(from setUp: @escaping Scenario.SetUp) -> Deviation? {
    if problem != nil { return nil }
    var walk = HarnessWalk(self, setUp)
    defer { walk.finish() }
    return walk.deviation()
  }

  /// What is wrong with an unfolding that does not belong to its scenario.
  package enum Deviation: Equatable, Sendable {
    /// The CPUs, interrupts or locations are not those of the scenario.
    case layout
    /// A code does what the harness does not.
    case code(Int)
    /// It is too large to check.
    case tooLarge
  }
}

/// A walk along every path of an unfolding, with the harness run alongside.
private struct HarnessWalk {
  private let unfolding: Unfolding
  private var stages: [Stage] = []
  private let probe: Stage
  private var isChecked: [Bool]
  private var work = 0
  private var ends = 0

  init(_ unfolding: Unfolding, _ setUp: @escaping Scenario.SetUp) {
    self.unfolding = unfolding
    isChecked = unfolding.nodes.map { _ in false }
    let own = unfolding.locations.filter(\.isOfSubject)
    probe = Stage(code: 0, recorded: own, setUp: setUp)
    _ = probe.buildScenario(isNaming: true)
    let codes = probe.cpus + probe.interrupts.count
    stages = (0..<codes).map { Stage(code: $0, recorded: own, setUp: setUp) }
  }

  /// Frees the stacks.
  func finish() {
    probe.close()
    for stage in stages { stage.close() }
  }

  mutating func deviation() -> Unfolding.Deviation? {
    guard unfolding.cpus == probe.cpus, unfolding.interrupts == probe.interrupts,
      unfolding.locations == probe.locations
    else { return .layout }
    var code = unfolding.nodes.map { _ in -1 }
    for (number, root) in unfolding.roots.enumerated() { code[root] = number }
    for node in unfolding.nodes.indices {
      if unfolding.nodes[node].parent >= 0 { code[node] = code[unfolding.nodes[node].parent] }
      guard unfolding.nodes[node].firstChild < 0 else { continue }
      guard follows(stages[code[node]], to: node) else { return .code(code[node]) }
      ends += 1
      if work > Limits.work || ends > Limits.ends { return .tooLarge }
    }
    return unfolding.prospects.first { !isTold($0) }.map { .code(code[$0.node]) }
  }

  /// Whether the harness loops where it is said to loop forever; what a subject waits for is not checked.
  private mutating func isTold(_ prospect: Unfolding.Prospect) -> Bool {
    guard prospect.outlook != .leaves, isChecked[prospect.node] else { return true }
    let path = unfolding.path(to: prospect.node)
    work += path.count
    guard work <= Limits.work else { return false }
    var alone = Solitude(after: path, watching: prospect.watched)
    var node = prospect.node
    for _ in 0..<Limits.patience {
      let operation = unfolding.nodes[node].operation
      guard let result = alone.result(of: operation) else { return false }
      node = unfolding.child(of: node, result: result)
      guard node >= 0 else { return false }
    }
    return true
  }

  /// Runs the harness of a code along the path to a leaf; returns false if it would not have come there.
  private mutating func follows(_ stage: Stage, to leaf: Int) -> Bool {
    var path: [Int] = []
    var step = leaf
    while step >= 0 {
      path.append(step)
      step = unfolding.nodes[step].parent
    }
    path.reverse()
    stage.start()
    work += path.count
    for (place, node) in path.enumerated() {
      let result = place + 1 < path.count ? unfolding.nodes[path[place + 1]].result : nil
      guard follows(stage, at: node, result) else { return false }
    }
    return true
  }

  /// Whether an operation may come next; gives the harness its result, if there is one.
  private mutating func follows(_ stage: Stage, at node: Int, _ result: Int?) -> Bool {
    let operation = unfolding.nodes[node].operation
    // Code that is cut short is wrong anywhere.
    if operation.kind == .trap { return true }
    guard stage.request.operation.kind == .returns else {
      if !isChecked[node], !isHarness(stage, at: node) { return false }
      isChecked[node] = true
      if let result { stage.answer(result) }
      return true
    }
    switch operation.kind {
    case .returns:
      stage.answer(operation.operand)
      return true
    case .callback: return stage.answer(runningCallback: operation.operand)
    case .call, .end: return false
    case .observe: return unfolding.observations[operation.location].hasPrefix(remarkOfSubject)
    case .load, .store, .exchange, .add, .compareExchange, .await, .park, .cellRead, .cellWrite, .cellFree, .enter,
      .leave:
      let firstState = unfolding.locations.count - unfolding.cpus
      return unfolding.locations[operation.location].isOfSubject || operation.location >= firstState
        || stage.lent.contains(operation.location)
    case .relax: return !operation.isQuiet
    case .fence, .irqSave, .irqRestore, .holds, .trap: return true
    }
  }

  /// Whether an operation is the one that the harness wants, with the same condition if it waits.
  private func isHarness(_ stage: Stage, at node: Int) -> Bool {
    let (wanted, operation) = (stage.request.operation, unfolding.nodes[node].operation)
    let isSame =
      operation.kind == wanted.kind && operation.ordering == wanted.ordering && operation.operand == wanted.operand
      && operation.expected == wanted.expected
    guard isSame else { return false }
    if operation.kind == .observe || operation.kind == .call {
      return unfolding.observations[operation.location] == Unfolding.printable(stage.request.name)
    }
    guard operation.location == wanted.location else { return false }
    let truths = unfolding.truths(at: node)
    guard operation.kind == .await || operation.kind == .park else { return truths.isEmpty }
    return truths.allSatisfy { stage.evaluate($0.value) == $0.isTrue }
  }
}
