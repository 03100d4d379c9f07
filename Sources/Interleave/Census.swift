/// Which outcomes a scenario has under a memory model, and how many executions have each.
///
/// An outcome is what the CPUs observed or, if nothing is observed, what memory holds at the end. Executions that
/// differ only in the order of steps whose order does not matter are counted once.
package struct Census: Sendable, Equatable {
  /// A value observed under a name, or found in a location.
  package struct Value: Sendable, Hashable, Comparable {
    /// The name, prefixed with the CPU if several CPUs observe under it.
    package var name: String
    /// The value.
    package var value: Int

    /// Orders by name, then by value.
    package static func < (left: Value, right: Value) -> Bool {
      left.name == right.name ? left.value < right.value : left.name < right.name
    }
  }

  /// How many executions had each outcome; 0 if only executions beyond those counted had it.
  package private(set) var counts: [[Value]: Int] = [:]

  /// Counts the executions that a plan explores, up to the first that is wrong in itself.
  package init(_ unfolding: Unfolding, _ plan: Plan) {
    let names = Names(unfolding)
    var left = plan.executions
    var found: [[Value]: Int] = [:]
    let isComplete = visitExecutions(unfolding, plan.model) { outcome, ending in
      left -= 1
      if ending == .complete { found[names.values(of: outcome), default: 0] += 1 }
      return left > 0 && !ending.isFailure
    }
    if !isComplete {
      _ = investigate(unfolding, plan) { outcome in
        found[names.values(of: outcome), default: 0] += 0
        return nil
      }
    }
    counts = found
  }
}

/// The names of an outcome's values.
private struct Names {
  private let hasObservations: Bool
  /// Observations that more than one CPU makes.
  private let ambiguous: Set<String>
  private let locations: [String]

  init(_ unfolding: Unfolding) {
    hasObservations = !unfolding.observations.isEmpty
    var observers: [String: Set<Int>] = [:]
    for (node, code) in unfolding.codesOfNodes.enumerated() where unfolding.nodes[node].operation.kind == .observe {
      let name = unfolding.observations[unfolding.nodes[node].operation.location]
      observers[name, default: []].insert(unfolding.cpu(of: code))
    }
    ambiguous = Set(observers.filter { $0.value.count > 1 }.keys)
    let sections = unfolding.nodes.filter { $0.operation.kind == .enter }.map(\.operation.location)
    let own = unfolding.locations.indices.dropLast(unfolding.cpus).filter { !sections.contains($0) }
    locations = own.map { unfolding.locations[$0].name }
  }

  func values(of outcome: Outcome) -> [Census.Value] {
    guard hasObservations else {
      return locations.map { Census.Value(name: $0, value: outcome.value(of: $0) ?? 0) }
    }
    let observations = outcome.observations
    // Each CPU's observations stay in its own order; the order among CPUs is not part of the outcome.
    let ordered = observations.indices.sorted {
      (observations[$0].name, observations[$0].cpu, $0) < (observations[$1].name, observations[$1].cpu, $1)
    }
    return ordered.map { index in
      let observation = observations[index]
      let isAmbiguous = ambiguous.contains(observation.name)
      return Census.Value(
        name: isAmbiguous ? "\(observation.cpu):\(observation.name)" : observation.name, value: observation.value)
    }
  }
}

extension Unfolding {
  /// The code of each node.
  var codesOfNodes: [Int] {
    var codes: [Int] = []
    for (index, node) in nodes.enumerated() {
      codes.append(node.parent >= 0 ? codes[node.parent] : roots.firstIndex(of: index) ?? 0)
    }
    return codes
  }
}
