/// What one subject does next after everything that has happened to it on a CPU, across all scenes it was explored in.
///
/// A subject sees which calls are made to it, the results of its own operations and the CPU on which it runs, and
/// nothing else. So after equal histories it does the same in every scene; if it does not, it recognizes the scene, and
/// may be a different subject in each.
///
/// Histories are kept as 64-bit numbers.
package struct Conduct: Sendable {
  /// What was done next after a history, and in which places that was seen.
  private struct Step {
    var deed: UInt64
    /// One bit per place.
    var places: UInt64
    /// Where something else was done, one bit per place.
    var others: UInt64 = 0
  }

  private var steps: [UInt64: Step] = [:]
  /// For each place, a call in which something different was done.
  private var calls: [Int: String] = [:]

  /// Creates a record in which nothing is known.
  package init() {}

  /// Adds what the codes do in a scene.
  ///
  /// - Parameters:
  ///   - place: what the scene belongs to, from 0 to 63.
  ///   - knowsCPUs: whether the subject is told how many CPUs there are.
  package mutating func add(_ unfolding: Unfolding, at place: Int, knowsCPUs: Bool) {
    guard unfolding.problem == nil, steps.count < Limits.conduct, (0..<64).contains(place) else { return }
    let own = unfolding.locations.indices.filter { unfolding.locations[$0].isOfSubject }
    guard let first = own.first else { return }
    var start = mixed(knowsCPUs ? UInt64(unfolding.cpus) : 0, UInt64(own.count))
    for location in own { start = mixed(start, number(unfolding.locations[location].initial)) }
    var walk = Walk(unfolding, firstOfSubject: first, start: start)
    walk.go { history, deed, call in
      note(history, deed, call, at: place)
    }
  }

  /// The places whose scenes the subject can tell from others, each with the call in which it does so.
  package var contradictions: [Int: String] { calls }

  private mutating func note(_ history: UInt64, _ deed: UInt64, _ call: String, at place: Int) {
    let bit = UInt64(1) << UInt64(place)
    guard var step = steps[history] else {
      steps[history] = Step(deed: deed, places: bit)
      return
    }
    if step.deed == deed { step.places |= bit } else { step.others |= bit }
    steps[history] = step
    guard step.others != 0 else { return }
    forEachBit(step.places | step.others) { if calls[$0] == nil { calls[$0] = call } }
  }
}

extension Conduct {
  /// A walk through the codes of an unfolding, from each operation to what comes next.
  private struct Walk {
    private let unfolding: Unfolding
    private let firstOfSubject: Int
    private let start: UInt64
    /// By node: the history before its operation, 0 where it is no longer followed; the call, or -1; and
    /// the locations of others used so far.
    private var histories: [UInt64]
    private var calls: [Int]
    private var lent: [[Int]]

    init(_ unfolding: Unfolding, firstOfSubject: Int, start: UInt64) {
      self.unfolding = unfolding
      self.firstOfSubject = firstOfSubject
      self.start = start
      histories = unfolding.nodes.map { _ in 0 }
      calls = unfolding.nodes.map { _ in -1 }
      lent = unfolding.nodes.map { _ in [] }
    }

    mutating func go(_ visit: (_ history: UInt64, _ deed: UInt64, _ call: String) -> Void) {
      for (code, root) in unfolding.roots.enumerated() {
        histories[root] = mixed(start, UInt64(unfolding.cpu(of: code)) + 1)
      }
      for index in unfolding.nodes.indices {
        let node = unfolding.nodes[index]
        if node.parent >= 0 { enter(index, from: node.parent, node.result) }
        guard histories[index] != 0, calls[index] >= 0 else { continue }
        let call = unfolding.observations[calls[index]]
        visit(histories[index], deed(index), call)
        for truth in unfolding.truths(at: index) {
          visit(mixed(mixed(histories[index], number(truth.value)), 1), truth.isTrue ? 1 : 0, call)
        }
      }
    }

    /// Extends the history to the node that follows an operation with a result.
    private mutating func enter(_ index: Int, from parent: Int, _ result: Int) {
      let operation = unfolding.nodes[parent].operation
      calls[index] = calls[parent]
      lent[index] = lent[parent]
      // What the harness does in a callback cannot be known from what the subject does.
      guard histories[parent] != 0, operation.kind != .callback else { return }
      histories[index] = histories[parent]
      if operation.kind == .call { calls[index] = operation.location }
      guard calls[index] >= 0 else { return }
      histories[index] = mixed(mixed(histories[parent], deed(parent)), number(result))
      if operation.isAtLocation, isLent(operation.location), !lent[index].contains(operation.location) {
        lent[index].append(operation.location)
      }
      if operation.kind == .returns { calls[index] = -1 }
    }

    private func isLent(_ location: Int) -> Bool {
      !unfolding.locations[location].isOfSubject && location < unfolding.locations.count - unfolding.cpus
    }

    /// A number for an operation that does not depend on where the scene has put its location.
    private func deed(_ index: Int) -> UInt64 {
      let operation = unfolding.nodes[index].operation
      var deed = mixed(UInt64(operation.kind.rawValue), UInt64(operation.ordering.rawValue))
      deed = mixed(mixed(deed, number(operation.operand)), number(operation.expected))
      if operation.kind == .call || operation.kind == .observe {
        for byte in unfolding.observations[operation.location].utf8 { deed = mixed(deed, UInt64(byte)) }
      }
      guard operation.isAtLocation else { return deed }
      let states = unfolding.locations.count - unfolding.cpus
      if unfolding.locations[operation.location].isOfSubject {
        return mixed(deed, UInt64(operation.location - firstOfSubject) + 1)
      }
      if operation.location >= states { return mixed(deed, UInt64(operation.location - states) + 1_000) }
      return mixed(deed, UInt64(lent[index].firstIndex(of: operation.location) ?? lent[index].count) + 2_000)
    }
  }
}

private func number(_ value: Int) -> UInt64 { UInt64(bitPattern: Int64(value)) }

/// SplitMix64's finalizer over both: Steele, Lea and Flood, doi:10.1145/2660193.2660195.
private func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
  var mixed = (left ^ (right &* 0x9E37_79B9_7F4A_7C15)) &+ 0x9E37_79B9_7F4A_7C15
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}
