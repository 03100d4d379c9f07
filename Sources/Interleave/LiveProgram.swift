internal import CFiber

/// A program that is learned by running it: whatever is not known yet is tried, on the code's own stage.
///
/// Each code is run alone. To learn what it does after some results, it is resumed if it already stands there;
/// otherwise it is restarted and given the results on the way. It is a class because its stages are.
final class LiveProgram: Program {
  private(set) var unfolding = Unfolding()
  private let setUp: Scenario.SetUp
  /// The prefix of the places of operations that are not the subject's.
  private let harness: String?
  private(set) var stages: [Stage] = []
  /// The node at which each stage stands, or -1.
  private var positions: [Int] = []
  /// How often codes were resumed, and how often started.
  private(set) var resumptions = 0
  private(set) var starts = 0
  /// The numbers of the places and names seen so far.
  private var known = Known()
  /// The names of plain properties that each code has changed.
  private var changedPlainState: [Set<String>] = []
  /// How many more times each code's plain properties are checked.
  private var looksLeft: [Int] = []

  /// Learns the first operation of each code.
  ///
  /// `finish()` must follow.
  init(_ setUp: @escaping Scenario.SetUp) {
    self.setUp = setUp
    cfiber_guard_begin(Int32(Limits.idleMilliseconds))
    let probe = Stage(code: 0, setUp: setUp)
    _ = probe.buildScenario(isNaming: true)
    harness = probe.harness
    unfolding.locations = probe.locations
    unfolding.cpus = probe.cpus
    unfolding.interrupts = probe.interrupts
    for code in 0..<probe.cpus + probe.interrupts.count {
      stages.append(Stage(code: code, setUp: setUp))
      positions.append(-1)
      changedPlainState.append([])
      looksLeft.append(Limits.looksAtPlainState)
      stages[code].start()
      starts += 1
      unfolding.roots.append(unfolding.append(recorded(stages[code]), after: -1, result: 0))
      positions[code] = unfolding.roots[code]
      lookAtPlainState(of: code)
    }
  }

  /// Reruns the codes to check that they behave the same, notes which plain properties they changed, and releases the
  /// stacks and the signals that were guarded while codes ran.
  func finish() {
    if unfolding.problem == nil { repeatCodes() }
    cfiber_guard_end()
    var changes: [String: Set<Int>] = [:]
    for (code, names) in changedPlainState.enumerated() {
      for name in names {
        changes[Unfolding.printable(name), default: []].insert(unfolding.cpu(of: code))
      }
    }
    unfolding.unshared = changes.keys.sorted()
    unfolding.contended = changes.keys.sorted().filter { changes[$0, default: []].count > 1 }
    for stage in stages { stage.close() }
  }

  func next(after node: Int, result: Int, code: Int) -> Int {
    let known = unfolding.child(of: node, result: result)
    if known >= 0 { return known }
    guard unfolding.nodes.count < Limits.unfolding, !unfolding.isFull(node) else { return fail(.tooLarge) }
    guard takePosition(at: node, code: code) else { return -1 }
    resumptions += 1
    stages[code].answer(result)
    let operation = depth(of: node) < Limits.stepsOfCode ? recorded(stages[code]) : tooLong
    positions[code] = unfolding.append(operation, after: node, result: result)
    lookAtPlainState(of: code)
    return positions[code]
  }

  /// Checks whether a code that stands at a new place has changed something that is not shared.
  ///
  /// Objects have other addresses at each start, and a property may store an address, so only a change within a single
  /// run counts. An element added to a list is still there at the end.
  private func lookAtPlainState(of code: Int) {
    guard looksLeft[code] > 0 else { return }
    guard unfolding.nodes[positions[code]].operation.kind == .end || !stages[code].hasListsAlone else { return }
    looksLeft[code] -= 1
    guard !changedPlainState[code].isSuperset(of: stages[code].changedPlainState) else { return }
    stages[code].forgetPlainState()
    guard takePosition(at: positions[code], code: code, isFresh: true) else { return }
    changedPlainState[code].formUnion(stages[code].changedPlainState)
  }

  func isSatisfied(at node: Int, by value: Int, code: Int) -> Bool {
    if let truth = unfolding.truth(at: node, of: value) { return truth }
    guard !unfolding.isSettled(node) else {
      _ = fail(.tooLarge)
      return false
    }
    guard takePosition(at: node, code: code) else { return false }
    guard let truth = stages[code].evaluate(value) else {
      positions[code] = -1
      _ = fail(.badCondition)
      return false
    }
    unfolding.learn(truth, of: value, at: node)
    return truth
  }

  func outlook(at node: Int, watching watched: UInt32, code: Int) -> Outlook {
    if let outlook = unfolding.outlook(at: node, watching: watched) { return outlook }
    guard unfolding.prospects.count < Limits.unfolding else {
      _ = fail(.tooLarge)
      return .leaves
    }
    guard takePosition(at: node, code: code) else { return .leaves }
    let alone = Solitude(after: unfolding.path(to: node), watching: watched)
    if harness != nil, !stages[code].isInSubject {
      // Of what the harness does, enough is reported for the judge to verify it.
      followHarness(alone, from: node, code: code)
      guard takePosition(at: node, code: code) else { return .leaves }
    }
    let outlook = stages[code].outlook(alone, leftOfCode: Limits.stepsOfCode - depth(of: node) - Limits.patience)
    positions[code] = -1
    unfolding.learn(outlook, at: node, watching: watched)
    return outlook
  }

  private func followHarness(_ alone: Solitude, from node: Int, code: Int) {
    var (alone, node) = (alone, node)
    for _ in 0...Limits.patience {
      guard let result = alone.result(of: unfolding.nodes[node].operation) else { return }
      node = next(after: node, result: result, code: code)
      guard node >= 0 else { return }
    }
  }

  /// Makes the code stand at `node`: it may stand there already, or it is given the results on the way there again.
  ///
  /// - Parameter isFresh: whether to restart it in any case.
  func takePosition(at node: Int, code: Int, isFresh: Bool = false) -> Bool {
    if !isFresh, positions[code] == node { return true }
    var path: [Int] = []
    var step = node
    while step >= 0 {
      path.append(step)
      step = unfolding.nodes[step].parent
    }
    stages[code].start()
    starts += 1
    for (index, step) in path.reversed().enumerated() {
      if index > 0 { stages[code].answer(unfolding.nodes[step].result) }
      guard recorded(stages[code]) == unfolding.nodes[step].operation else {
        positions[code] = -1
        return fail(.nondeterministic) >= 0
      }
    }
    positions[code] = node
    return true
  }

  private func fail(_ problem: Unfolding.Problem) -> Int {
    unfolding.problem = unfolding.problem ?? problem
    return -1
  }

  private func depth(of node: Int) -> Int {
    var depth = 0
    var step = node
    while step >= 0 {
      depth += 1
      step = unfolding.nodes[step].parent
    }
    return depth
  }

  private var tooLong: Operation { Operation(kind: .trap, operand: TrapCause.tooLong.rawValue) }

  /// Returns the operation with its place and name as numbers; an operation of the harness has no place.
  private func recorded(_ stage: Stage) -> Operation {
    let request = stage.request
    var operation = request.operation
    if operation.kind == .observe || operation.kind == .call {
      operation.location = number(ofName: request.name)
    }
    let isFixed = operation.kind != .trap && !stage.notesCallers
    let line = Known.Line(request.file, request.line)
    if isFixed, let source = known.sources[line] {
      operation.source = source
      return operation
    }
    let path = request.file.description
    let file = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    let isPlaced = !file.isEmpty && !(harness.map { path.hasPrefix($0) } ?? false)
    let place = isPlaced ? "\(file):\(request.line)" : ""
    let text =
      operation.kind == .trap
      ? PlaceText.death(after: place, stage.addresses)
      : isPlaced && stage.notesCallers ? PlaceText.call(at: place, stage.addresses) : place
    operation.source = number(of: text, in: &unfolding.sources, most: PlaceText.letters)
    if isFixed { known.sources[line] = operation.source }
    return operation
  }

  private func number(ofName name: String) -> Int {
    if let number = known.names[name] { return number }
    let number = number(of: name, in: &unfolding.observations, most: Limits.letters)
    known.names[name] = number
    return number
  }

  private func number(of name: String, in texts: inout [String], most: Int) -> Int {
    let text = Unfolding.printable(name, most: most)
    if let known = texts.firstIndex(of: text) { return known }
    texts.append(text)
    return texts.count - 1
  }

  /// Texts, looked up by what they were made of: most operations stand where an earlier one stood.
  private struct Known {
    /// A line of a file, identified by the address at which the compiler has put the file's name.
    struct Line: Hashable {
      let file: UnsafePointer<UInt8>
      let line: Int

      init(_ file: StaticString, _ line: Int) {
        self.file = file.utf8Start
        self.line = line
      }
    }

    var sources: [Line: Int] = [:]
    var names: [String: Int] = [:]
  }
}
